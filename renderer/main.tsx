import './design/tokens.css'
import './design/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { AppWindow } from './features/frame/AppWindow.tsx'
import { useSettings } from './stores/settings.ts'

await useSettings.getState().load() // the language, before the first word
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <AppWindow />
  </StrictMode>,
)
