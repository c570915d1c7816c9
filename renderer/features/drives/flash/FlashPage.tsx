import { FolderOpen, Usb } from 'lucide-react'
import { useState } from 'react'
import type { StickRow } from '../../../../shared/drive-rows.ts'
import { formatSize } from '../../../../shared/format.ts'
import { Button } from '../../../design/Button.tsx'
import { CheckLine, type Choice, RadioCards } from '../../../design/Choices.tsx'
import { Name } from '../../../design/Name.tsx'
import { type ImageChoice, showDrivesPage } from '../../../stores/drives.ts'
import { answerOf } from '../../../stores/notices.ts'
import { verifiesWritten } from '../../../stores/settings.ts'
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
      <PageHead title="Write an image to a stick or card" />
      <Step number={1} title="The image">
        <Chosen
          name={source === null ? 'Not chosen yet' : <Name>{source.name}</Name>}
          where={source === null ? 'A hybrid image starts computers from the stick.' : <Name>{source.displayPath}</Name>}
        >
          <Button onPress={() => void choose()}>
            <FolderOpen size={16} aria-hidden /> Choose an image…
          </Button>
        </Chosen>
      </Step>
      <Step number={2} title="The stick or card">
        <StickChoice sticks={usable} stickId={stick?.stickId ?? null} onChoose={setStickId} />
      </Step>
      <Step number={3} title="How">
        <CheckLine
          title="Read it back and compare"
          detail="Finds sticks that keep less than they say."
          isSelected={verify}
          onChange={setVerify}
        />
      </Step>
      <Button look="primary" large className={css.start} isDisabled={source === null || stick === null} onPress={() => void start()}>
        <Usb size={18} aria-hidden />
        <span className={css.startWords}>{stick === null ? 'Write' : `Write over ${stickName(stick)}…`}</span>
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
  if (sticks.length === 0) return <p className={css.none}>None is plugged in that can be written. One that you plug in is listed here.</p>
  const choices: Choice<string>[] = sticks.map((stick) => ({
    key: stick.stickId,
    title: `${stickName(stick)}, ${formatSize(stick.sizeBytes)}`,
    detail: `${stick.place} · ${onIt(stick) === null ? 'nothing on it has a name' : `on it: ${onIt(stick)}`}. All of it is lost.`,
  }))
  return <RadioCards label="Which one" choices={choices} value={stickId} onChange={onChoose} />
}
