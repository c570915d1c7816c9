import { CircleCheck, CircleDashed } from 'lucide-react'
import { useEffect } from 'react'
import type { ToolState } from '../../../shared/settings.ts'
import { CopyButton } from '../../design/CopyButton.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { useSettings } from '../../stores/settings.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import css from './SystemTools.module.css'

/** What Isomer uses of the system where it is there; nothing of it is needed to make and open images. */
export function SystemTools() {
  const tools = useSettings((state) => state.tools)
  const loadTools = useSettings((state) => state.loadTools)
  useEffect(() => void loadTools(), [loadTools])
  if (tools === null) return <p className={css.muted}>{say('settings.tools.looking')}</p>
  return (
    <ul className={css.list} aria-label={say('settings.tools')}>
      {tools.map((tool) => (
        <ToolLine key={tool.name} tool={tool} />
      ))}
    </ul>
  )
}

function ToolLine({ tool: { name, purpose, isFound, version, installCommand } }: { tool: ToolState }) {
  const Sign = isFound ? CircleCheck : CircleDashed
  return (
    <li className={css.tool}>
      <Sign size={18} aria-hidden className={isFound ? css.found : css.missing} />
      <div className={css.words}>
        <p className={css.name}>
          {name}{' '}
          <span className={css.muted}>{isFound ? visibleName(version ?? say('settings.tools.found')) : say('settings.tools.missing')}</span>
        </p>
        <p className={css.muted}>{fromEngine(purpose)}</p>
      </div>
      {!isFound && installCommand !== null && (
        <p className={css.install}>
          <code>{installCommand}</code>
          <CopyButton text={installCommand} label={say('settings.tools.copy', { name })} />
        </p>
      )}
    </li>
  )
}
