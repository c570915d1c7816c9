import type { ChainLink } from '../../../shared/verify.ts'
import { visibleName } from '../../design/visible-name.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import css from './Chain.module.css'
import { partSigns, stateSigns } from './verdict-words.ts'

/** From the image to whoever says so, link by link. What is joined by a full line holds. */
export function Chain({ chain, label }: { chain: readonly ChainLink[]; label: string }) {
  return (
    <ol className={css.chain} aria-label={label}>
      {chain.map((link) => (
        <Link key={link.part} link={link} />
      ))}
    </ol>
  )
}

function Link({ link: { part, state, title, detail } }: { link: ChainLink }) {
  const Part = partSigns[part]
  const State = stateSigns[state]
  return (
    <li className={css.link} data-state={state}>
      <span className={css.node} aria-hidden>
        <Part size={20} />
      </span>
      <div className={css.words}>
        <span className={css.part}>{say(`verify.part.${part}`)}</span>
        <p className={css.title}>
          <bdi className={css.name}>{fromEngine(visibleName(title))}</bdi>
          <State size={16} role="img" aria-hidden={undefined} aria-label={say(`verify.state.${state}`)} className={css.state} />
        </p>
        <p className={css.detail}>{fromEngine(visibleName(detail))}</p>
      </div>
    </li>
  )
}
