import { Cpu, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { CreateOptions } from '../../../shared/image-project.ts'
import { Button, IconButton } from '../../design/Button.tsx'
import { CheckLine } from '../../design/Choices.tsx'
import { Folded } from '../../design/Folded.tsx'
import { Name } from '../../design/Name.tsx'
import { answerOf } from '../../stores/notices.ts'
import { addBootFiles, removeBootFile, setMbrCode, setOptions } from '../../stores/staging.ts'
import { say } from '../../words/say.ts'
import css from './BootFiles.module.css'
import { fileNameOf } from './file-name.ts'

const platformWords = { bios: 'BIOS', uefi: 'UEFI' } as const

/** What computers are to start from; folded away while nothing is. */
export function BootFiles({ options }: { options: CreateOptions }) {
  const isWanted = options.hybrid || options.bootFiles.length > 0
  const [isExpanded, setExpanded] = useState(isWanted)
  useEffect(() => {
    if (isWanted) setExpanded(true)
  }, [isWanted])
  return (
    <Folded title={say('create.boot')} headingLevel={2} isExpanded={isExpanded} onExpandedChange={setExpanded}>
      <div className={css.group}>
        <ChosenFiles options={options} />
        <div className={css.actions}>
          <Button onPress={() => void pickBootFiles('bios')}>
            <Cpu size={16} aria-hidden /> {say('create.boot.add-bios')}
          </Button>
          <Button onPress={() => void pickBootFiles('uefi')}>
            <Cpu size={16} aria-hidden /> {say('create.boot.add-uefi')}
          </Button>
        </div>
        <CheckLine
          title={say('create.boot.hybrid')}
          detail={say('create.boot.hybrid.detail')}
          isSelected={options.hybrid}
          onChange={(hybrid) => void setOptions({ hybrid })}
        />
        {options.hybrid && <MbrCode path={options.mbrCodePath} />}
      </div>
    </Folded>
  )
}

function ChosenFiles({ options }: { options: CreateOptions }) {
  if (options.bootFiles.length === 0) return <p className={css.none}>{say('create.boot.none')}</p>
  return (
    <ul className={css.files} aria-label={say('create.boot.files')}>
      {options.bootFiles.map(({ platform, hostPath }, index) => (
        <li key={`${platform} ${hostPath}`} className={css.file}>
          <span className={css.platform}>{platformWords[platform]}</span>
          <Name className={css.name}>{fileNameOf(hostPath)}</Name>
          <IconButton label={say('create.boot.take-out', { name: fileNameOf(hostPath) })} onPress={() => void removeBootFile(index)}>
            <X size={16} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}

function MbrCode({ path }: { path: string | null }) {
  if (path === null)
    return (
      <div className={css.actions}>
        <Button onPress={() => void pickMbrCode()}>{say('create.boot.mbr')}</Button>
      </div>
    )
  return (
    <div className={css.file}>
      <span className={css.platform}>{say('create.boot.mbr-short')}</span>
      <Name className={css.name}>{fileNameOf(path)}</Name>
      <IconButton label={say('create.boot.mbr-out')} onPress={() => void setMbrCode(null)}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  )
}

async function pickBootFiles(platform: 'bios' | 'uefi'): Promise<void> {
  const sources = (await answerOf(window.isomer.sources.pick({ what: 'files' }))) ?? []
  if (sources.length > 0)
    await addBootFiles(
      platform,
      sources.map(({ token }) => token),
    )
}

async function pickMbrCode(): Promise<void> {
  const [source] = (await answerOf(window.isomer.sources.pick({ what: 'files' }))) ?? []
  if (source) await setMbrCode(source.token)
}
