import { formatCount } from '../../../shared/format.ts'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { Sheet } from '../../design/Sheet.tsx'
import { startExtraction } from './extracting.ts'
import css from './ImageSheets.module.css'
import { useImageSheets } from './image-sheets.ts'

/** Questions and forms over the image. */
export function ImageSheets() {
  const { taken, ask } = useImageSheets()
  return (
    <Sheet title="Some of this is there already" isOpen={taken !== null} onClose={() => ask(null)}>
      {taken && (
        <div className={css.body}>
          <p>
            In <Name className={css.place}>{taken.displayPath}</Name>{' '}
            {taken.takenCount === 1
              ? 'there is something called'
              : `there are ${formatCount(taken.takenCount, 'thing', 'things')} of the same name, such as`}{' '}
            {taken.taken.map((name, index) => (
              <span key={name}>
                {index > 0 && ', '}“<Name>{name}</Name>”
              </span>
            ))}
            .
          </p>
          <p className={css.muted}>Folders are merged. Files of the same name are lost if you replace them.</p>
          <div className={css.actions}>
            <Button look="primary" onPress={() => void startExtraction(taken.token, 'new-folder')}>
              Put it into a new folder
            </Button>
            <Button onPress={() => void startExtraction(taken.token, 'replace')}>Replace files of the same name</Button>
            <Button look="quiet" onPress={() => ask(null)}>
              Cancel
            </Button>
          </div>
        </div>
      )}
    </Sheet>
  )
}
