import { FolderOpen } from 'lucide-react'
import { Button } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { Name } from '../../design/Name.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { forgetOpening, type Opening, openImage } from '../../stores/browse-images.ts'
import { formatSize } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import css from './OpeningImage.module.css'
import { pickImages } from './picking.ts'

/** An image that is being read, or why it can't be. */
export function OpeningImage({ opening: { source, problem, expanding } }: { opening: Opening }) {
  return (
    <section className={css.opening} aria-label={say('browse.opening.image', { name: source.name })} aria-busy={problem === null}>
      <Disc sizePx={112} />
      <h1 className={css.name}>
        <Name>{source.name}</Name>
      </h1>
      <p className={css.path}>
        <Name>{source.displayPath}</Name>
      </p>
      {problem === null ? (
        <>
          <div className={css.bar}>
            <ProgressLine
              thin
              label={say('browse.opening')}
              fraction={expanding && expanding.doneBytes / Math.max(1, expanding.totalBytes)}
            />
          </div>
          {expanding && (
            <>
              <p className={css.path}>
                {say('browse.opening.expanding', { done: formatSize(expanding.doneBytes), total: formatSize(expanding.totalBytes) })}
              </p>
              <div className={css.actions}>
                <Button onPress={forgetOpening}>{say('common.cancel')}</Button>
              </div>
            </>
          )}
        </>
      ) : (
        <>
          <div className={css.problem} role="alert">
            <ProblemCard problem={problem} />
          </div>
          <div className={css.actions}>
            <Button onPress={() => void openImage(source)}>{say('browse.opening.again')}</Button>
            <Button onPress={() => void pickImages()}>
              <FolderOpen size={16} aria-hidden /> {say('browse.opening.another')}
            </Button>
            <Button look="quiet" onPress={forgetOpening}>
              {say('common.close')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
