import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './theme/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Gate } from './app/gate.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root element.')

createRoot(root).render(
  <StrictMode>
    <Gate />
  </StrictMode>,
)
