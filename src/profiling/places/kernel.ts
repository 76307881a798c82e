import type { Frame } from '../frames.js';
import { placeBy, type Rule } from './place.js';

// Looked up from the innermost function outwards, and for each in this order: a wake-up at the end of a send is no networking.
const rules: readonly Rule[] = [
  {
    place: 'kernel: switching and waking',
    fits: /^(try_to_wake_up|ttwu_|(__)?wake_up|\w*_wake_function|pollwake|ep_poll_callback|ep_autoremove_wake|sock_def_(readable|write_space|wakeup)|(__|preempt_)?schedule(_hrtimeout\w*|_timeout)?$|__cond_resched|finish_task_switch|pick_next|dequeue_|enqueue_|select_task_rq|futex_|do_futex|__x64_sys_futex|exit_to_user_mode_loop)/,
  },
  {
    place: 'kernel: waiting for events',
    fits: /^(ep_|do_epoll|__x64_sys_(epoll|poll|ppoll)|eventfd_|do_sys_poll|timerfd_)/,
  },
  {
    place: 'kernel: memory',
    fits: /page_fault|^(do_anonymous_page|do_user_addr_fault|handle_mm_fault|__x64_sys_(mmap|munmap|madvise|mprotect|brk|mremap)|clear_(huge_)?page|__alloc_pages|mm_)/,
  },
  {
    place: 'kernel: network',
    fits: /^_*(tcp|ip6?|inet6?|sock|sk|skb|net|netif|napi|dev|loopback|process_backlog|nf|unix|qdisc|release_sock|lock_sock|kfree_skb|consume_skb|alloc_skb|validate_xmit|import_iovec|move_addr|do_(writev|readv|iter_)|vfs_(write|read|iter)|ksys_(write|read)|sys_(send|recv|accept|connect|shutdown)|x64_sys_(send|recv|write|read|accept|connect|shutdown|close|setsockopt|getsockopt))/,
  },
  {
    place: 'kernel: interrupts',
    fits: /^(asm_)?(sysvec_|common_interrupt)|^(irq_|handle_softirqs|__do_softirq|hrtimer_)/,
  },
  {
    place: 'kernel: entering and leaving',
    fits: /^(do_syscall_64|entry_SYSCALL_64|syscall_|__x64_sys_|asm_exc_|exit_to_user|x64_sys_call)/,
  },
];

/** The place of a sample that was taken in the kernel. */
export function kernelPlace(frames: readonly Frame[]): string {
  for (const { kind, name } of frames) {
    if (kind !== 'kernel') break;
    const place = placeBy(rules, name);
    if (place !== null) return place;
  }
  return 'kernel: other';
}
