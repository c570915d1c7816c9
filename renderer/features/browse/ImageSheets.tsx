import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { Sheet } from '../../design/Sheet.tsx'
import { say, sayNodes } from '../../words/say.ts'
import { startExtraction } from './extracting.ts'
import css from './ImageSheets.module.css'
import { useImageSheets } from './image-sheets.ts'

/** Questions and forms over the image. */
export function ImageSheets() {
  const { taken, ask } = useImageSheets()
  return (
    <Sheet title={say('browse.taken.title')} isOpen={taken !== null} onClose={() => ask(null)}>
      {taken && (
        <div className={css.body}>
          <p>
            {sayNodes('browse.taken', {
              count: taken.takenCount,
              place: <Name className={css.place}>{taken.displayPath}</Name>,
              names: taken.taken.map((name, index) => (
                <span key={name}>
                  {index > 0 && say('common.list-comma')}
                  {sayNodes('browse.taken.name', { name: <Name>{name}</Name> })}
                </span>
              )),
            })}
          </p>
          <p className={css.muted}>{say('browse.taken.detail')}</p>
          <div className={css.actions}>
            <Button look="primary" onPress={() => void startExtraction(taken.token, 'new-folder')}>
              {say('browse.taken.new-folder')}
            </Button>
            <Button onPress={() => void startExtraction(taken.token, 'replace')}>{say('browse.taken.replace')}</Button>
            <Button look="quiet" onPress={() => ask(null)}>
              {say('common.cancel')}
            </Button>
          </div>
        </div>
      )}
    </Sheet>
  )
}
