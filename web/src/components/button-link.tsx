import Button from '@mui/material/Button'
import { createLink } from '@tanstack/react-router'

/** A link that looks like a button: it goes somewhere, it does nothing else. */
export const ButtonLink = createLink(Button)
