/**
 * Finds import circles: gives one shortest circle for each group of files that import one another (Tarjan's strongly
 * connected components), as a list of paths.
 * @param graph a Map of path to the paths it imports
 */
export function findCircles(graph) {
  return components(graph)
    .filter((group) => group.length > 1 || graph.get(group[0]).includes(group[0]))
    .map((group) => shortestCircle(graph, new Set(group)))
}

function components(graph) {
  const index = new Map()
  const low = new Map()
  const stack = []
  const onStack = new Set()
  const groups = []
  const visit = (node) => {
    index.set(node, index.size)
    low.set(node, index.get(node))
    stack.push(node)
    onStack.add(node)
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) {
        visit(next)
        low.set(node, Math.min(low.get(node), low.get(next)))
      } else if (onStack.has(next)) low.set(node, Math.min(low.get(node), index.get(next)))
    }
    if (low.get(node) !== index.get(node)) return
    const group = stack.splice(stack.indexOf(node))
    for (const member of group) onStack.delete(member)
    groups.push(group)
  }
  for (const node of graph.keys()) if (!index.has(node)) visit(node)
  return groups
}

function shortestCircle(graph, group) {
  const [start] = [...group].sort()
  const cameFrom = new Map([[start, undefined]])
  for (const node of cameFrom.keys()) {
    const inGroup = graph.get(node).filter((next) => group.has(next))
    if (inGroup.includes(start)) {
      const circle = []
      for (let at = node; at !== undefined; at = cameFrom.get(at)) circle.unshift(at)
      return circle
    }
    for (const next of inGroup) if (!cameFrom.has(next)) cameFrom.set(next, node)
  }
  return [start]
}
