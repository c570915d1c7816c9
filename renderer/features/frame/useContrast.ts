import { useEffect } from 'react'
import { useSettings } from '../../stores/settings.ts'

const MORE = '(prefers-contrast: more)'

/** Marks the page for high contrast, wished for by the system or the settings: tokens.css does the rest. */
export function useContrast(): void {
  const isSet = useSettings((state) => state.values?.highContrast ?? false)
  useEffect(() => {
    const query = window.matchMedia(MORE)
    const mark = () => document.documentElement.toggleAttribute('data-high-contrast', isSet || query.matches)
    mark()
    query.addEventListener('change', mark)
    return () => query.removeEventListener('change', mark)
  }, [isSet])
}
