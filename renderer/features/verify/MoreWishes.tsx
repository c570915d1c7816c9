import { Files, X } from 'lucide-react'
import { type FormEvent, useId } from 'react'
import { type DigestKind, digestKinds, digestTitles } from '../../../shared/digest.ts'
import type { ProblemReport } from '../../../shared/problem.ts'
import { Button, IconButton } from '../../design/Button.tsx'
import { CheckLine } from '../../design/Choices.tsx'
import { Field } from '../../design/Field.tsx'
import { Folded } from '../../design/Folded.tsx'
import { Path } from '../../design/Path.tsx'
import { answerOf } from '../../stores/notices.ts'
import { expectedOf, useVerifying } from '../../stores/verifying.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import css from './MoreWishes.module.css'

const more: readonly DigestKind[] = digestKinds.filter((kind) => kind !== 'sha256')

/** What else the image can be compared with, and what else is to be computed. */
export function MoreWishes({ isBusy }: { isBusy: boolean }) {
  const { wishes, wish, start } = useVerifying()
  const { problem } = expectedOf(wishes.expected)
  const digestsId = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problem === null && !isBusy) void start()
  }
  return (
    <Folded bare headingLevel={2} title={say('verify.more')}>
      <form className={css.form} onSubmit={submit}>
        <Field
          label={say('verify.more.checksum')}
          value={wishes.expected}
          onChange={(expected) => wish({ expected })}
          fixedWidth
          placeholder={say('verify.more.checksum.hint')}
          wrong={problem === null ? undefined : problemWords(problem)}
        />
        <Copy />
        <CheckLine
          title={say('verify.more.contents')}
          detail={say('verify.more.contents.detail')}
          isSelected={wishes.checksContents}
          onChange={(checksContents) => wish({ checksContents })}
        />
        <fieldset className={css.digests} aria-labelledby={digestsId}>
          <legend id={digestsId}>{say('verify.more.digests')}</legend>
          {more.map((kind) => (
            <CheckLine
              key={kind}
              title={digestTitles[kind]}
              isSelected={wishes.digests.has(kind)}
              onChange={(isSelected) => wish({ digests: withKind(wishes.digests, kind, isSelected) })}
            />
          ))}
        </fieldset>
        <div className={css.actions}>
          <Button type="submit" isDisabled={problem !== null || isBusy}>
            {say('verify.more.start')}
          </Button>
        </div>
      </form>
    </Folded>
  )
}

/** What is wrong with what was typed, and what to do. */
const problemWords = ({ message, advice }: ProblemReport): string =>
  `${fromEngine(message)} ${advice === undefined ? '' : fromEngine(advice)}`

function withKind(kinds: ReadonlySet<DigestKind>, kind: DigestKind, isWanted: boolean): Set<DigestKind> {
  const changed = new Set(kinds)
  if (isWanted) changed.add(kind)
  else changed.delete(kind)
  return changed
}

/** A copy that should hold the same. */
function Copy() {
  const { wishes, wish } = useVerifying()
  const pick = async () => {
    const [against] = (await answerOf(window.isomer.sources.pick({ what: 'files' }))) ?? []
    if (against) wish({ against })
  }
  return (
    <div className={css.copy}>
      <Button onPress={() => void pick()}>
        <Files size={16} aria-hidden /> {say('verify.more.copy')}
      </Button>
      {wishes.against !== null && (
        <>
          <Path className={css.name}>{wishes.against.displayPath}</Path>
          <IconButton label={say('verify.more.copy.leave-out')} onPress={() => wish({ against: null })}>
            <X size={16} aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  )
}
