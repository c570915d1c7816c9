import { Files, X } from 'lucide-react'
import { type FormEvent, useId } from 'react'
import { type DigestKind, digestKinds, digestTitles } from '../../../shared/digest.ts'
import { Button, IconButton } from '../../design/Button.tsx'
import { CheckLine } from '../../design/Choices.tsx'
import { Field } from '../../design/Field.tsx'
import { Folded } from '../../design/Folded.tsx'
import { Name } from '../../design/Name.tsx'
import { answerOf } from '../../stores/notices.ts'
import { expectedOf, useVerifying } from '../../stores/verifying.ts'
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
    <Folded bare headingLevel={2} title="Compare with more">
      <form className={css.form} onSubmit={submit}>
        <Field
          label="A checksum you were given"
          value={wishes.expected}
          onChange={(expected) => wish({ expected })}
          fixedWidth
          placeholder="Paste it here; its kind is told by its length"
          wrong={problem === null ? undefined : `${problem.message} ${problem.advice ?? ''}`}
        />
        <Copy />
        <CheckLine
          title="Check the files inside"
          detail="Where the image carries a list such as md5sum.txt. It is read once more for that."
          isSelected={wishes.checksContents}
          onChange={(checksContents) => wish({ checksContents })}
        />
        <fieldset className={css.digests} aria-labelledby={digestsId}>
          <legend id={digestsId}>Compute besides SHA-256</legend>
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
            Check again with this
          </Button>
        </div>
      </form>
    </Folded>
  )
}

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
        <Files size={16} aria-hidden /> Compare with a copy…
      </Button>
      {wishes.against !== null && (
        <>
          <Name className={css.name}>{wishes.against.displayPath}</Name>
          <IconButton label="Leave the copy out" onPress={() => wish({ against: null })}>
            <X size={16} aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  )
}
