import './design/tokens.css'
import './design/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { AppWindow } from './features/frame/AppWindow.tsx'

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <AppWindow />
  </StrictMode>,
)
