import type { Chapter } from './chapter.ts'
import { day1 } from './day-1.ts'
import { day30 } from './day-30.ts'
import { day8 } from './day-8.ts'
import { day90 } from './day-90.ts'
import { today } from './today.ts'

/** The demo organisation's quarter, oldest first. */
export const story: readonly [...past: Chapter[], today: Chapter] = [day90, day30, day8, day1, today]
