/** Other people's UDF programs: what udfinfo says of an image, and images that mkudffs and wrudf make. */
import { spawnSync } from 'node:child_process'
import { truncateSync, writeFileSync } from 'node:fs'

const environment = { ...process.env, LC_ALL: 'C.UTF-8', PATH: `${process.env['PATH']}:/usr/sbin:/sbin` }

function run(command: string, args: readonly string[], input = ''): string {
  const result = spawnSync(command, args, { encoding: 'utf8', input, maxBuffer: 2 ** 28, env: environment })
  if (result.error) throw result.error
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${result.status}\n${result.stdout}${result.stderr}`)
  return result.stdout
}

/** `name=value` lines. */
export function udfinfo(image: string): ReadonlyMap<string, string> {
  const facts = new Map<string, string>()
  for (const line of run('udfinfo', ['--utf8', image]).split('\n')) {
    const at = line.indexOf('=')
    if (at > 0 && !line.startsWith('start=')) facts.set(line.slice(0, at), line.slice(at + 1))
  }
  return facts
}

/** An empty volume; of write-once media, only what a recorder would have written of it. */
export function mkudffs(image: string, sizeBytes: number, args: readonly string[]): void {
  writeFileSync(image, '')
  truncateSync(image, sizeBytes)
  const said = run('mkudffs', ['--utf8', ...args, '-l', 'Täst 日本', image])
  const tableBlock = /vatblock=(\d+)/.exec(said)?.[1]
  if (tableBlock !== undefined) truncateSync(image, (Number(tableBlock) + 1) * 2048)
}

/** Does what a person would type into wrudf. */
export function wrudf(image: string, commands: readonly string[]): void {
  run('wrudf', [image], ['y', ...commands, 'quit', ''].join('\n'))
}

/** 7-Zip's verdict on the whole image; throws when it finds a fault. */
export function sevenZipTest(image: string): void {
  run('7z', ['t', '-tudf', image])
}

/** A bridge volume of a folder. */
export function genisoimageUdf(image: string, folder: string): void {
  run('genisoimage', ['-quiet', '-udf', '-R', '-J', '-V', 'BRIDGE', '-o', image, folder])
}
