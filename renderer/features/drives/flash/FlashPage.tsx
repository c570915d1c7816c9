import { FolderOpen, Usb } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { StickRow } from '../../../../shared/drive-rows.ts'
import { Button } from '../../../design/Button.tsx'
import { CheckLine, type Choice, RadioCards } from '../../../design/Choices.tsx'
import { Name } from '../../../design/Name.tsx'
import { Path } from '../../../design/Path.tsx'
import { type ImageChoice, showDrivesPage } from '../../../stores/drives.ts'
import { answerOf } from '../../../stores/notices.ts'
import { verifiesWritten } from '../../../stores/settings.ts'
import { formatSize } from '../../../words/amounts.ts'
import { say, sayNodes } from '../../../words/say.ts'
import css from '../burn/BurnPage.module.css'
import placeCss from '../DrivesPlace.module.css'
import { PageHead } from '../PageHead.tsx'
import { Chosen, Step } from '../Step.tsx'
import { onIt, stickName } from './stick-words.ts'
import { useSticks } from './useSticks.ts'

interface Props {
  readonly stickId: string | null
  readonly source: ImageChoice | null
}

/** What is written over which stick or card; whether is asked by the system's dialog. */
export function FlashPage({ stickId: given, source: givenSource }: Props) {
  const { sticks } = useSticks()
  const [source, setSource] = useState(givenSource)
  const [stickId, setStickId] = useState(given)
  const [verify, setVerify] = useState(verifiesWritten)
  const usable = sticks?.filter(({ refusal }) => refusal === null) ?? []
  const stick = usable.find((each) => each.stickId === stickId) ?? null
  const choose = async () => {
    const [image] = (await answerOf(window.isomer.browse.pick())) ?? []
    if (image) setSource({ is: 'image', token: image.token, name: image.name, displayPath: image.displayPath })
  }
  const start = async () => {
    if (source === null || stick === null) return
    const started = await answerOf(window.isomer.flash.start({ stickId: stick.stickId, source: source.token, verify }))
    if (started) showDrivesPage({ is: 'job', jobId: started.jobId })
  }
  return (
    <div className={placeCss.place}>
      <PageHead title={say('drives.flash.title')} />
      <Step number={1} title={say('drives.the-image')}>
        <Chosen
          name={source === null ? say('drives.not-chosen') : <Name>{source.name}</Name>}
          where={source === null ? say('drives.flash.hybrid') : <Path>{source.displayPath}</Path>}
        >
          <Button onPress={() => void choose()}>
            <FolderOpen size={16} aria-hidden /> {say('drives.choose-image')}
          </Button>
        </Chosen>
      </Step>
      <Step number={2} title={say('drives.flash.stick')}>
        <StickChoice sticks={usable} stickId={stick?.stickId ?? null} onChoose={setStickId} />
      </Step>
      <Step number={3} title={say('drives.how')}>
        <CheckLine title={say('drives.flash.verify')} detail={say('drives.flash.verify.detail')} isSelected={verify} onChange={setVerify} />
      </Step>
      <Button look="primary" large className={css.start} isDisabled={source === null || stick === null} onPress={() => void start()}>
        <Usb size={18} aria-hidden />
        <span className={css.startWords}>
          {stick === null ? say('drives.flash.start.none') : say('drives.flash.start', { stick: stickName(stick) })}
        </span>
      </Button>
    </div>
  )
}

interface StickProps {
  readonly sticks: readonly StickRow[]
  readonly stickId: string | null
  readonly onChoose: (stickId: string) => void
}

/** None is chosen beforehand: everything on it is lost. */
function StickChoice({ sticks, stickId, onChoose }: StickProps) {
  if (sticks.length === 0) return <p className={css.none}>{say('drives.flash.none')}</p>
  const choices: Choice<string>[] = sticks.map((stick) => ({
    key: stick.stickId,
    title: say('drives.flash.choice', { stick: stickName(stick), size: formatSize(stick.sizeBytes) }),
    detail: choiceDetail(stick),
  }))
  return <RadioCards label={say('drives.flash.which')} choices={choices} value={stickId} onChange={onChoose} />
}

function choiceDetail(stick: StickRow): ReactNode {
  const labels = onIt(stick)
  const place = <Path>{stick.place}</Path>
  return labels === null ? sayNodes('drives.flash.choice.unnamed', { place }) : sayNodes('drives.flash.choice.labels', { place, labels })
}
