#!/bin/busybox sh
# First program of the guest: loads the modules that lead to the root disk and to the host's folders, then goes there.
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs dev /dev
for module in $($b cat /modules/in-order); do $b insmod "/modules/$module"; done
tries=0
while [ ! -b /dev/vda ] && [ $tries -lt 200 ]; do
  $b usleep 50000
  tries=$((tries + 1))
done
fail() {
  echo "lab: $1"
  $b poweroff -f
}
$b mount -t ext4 -o rw,noatime /dev/vda /root || fail 'the root disk cannot be mounted'
share=trans=virtio,version=9p2000.L,msize=524288
$b mount -t 9p -o ro,$share isomer /root/isomer || fail 'the repository cannot be mounted'
$b mount -t 9p -o $share lab /root/lab || fail 'the shared folder cannot be mounted'
$b mount --move /dev /root/dev
$b mount --move /sys /root/sys
$b mount --move /proc /root/proc
case " $($b cat /root/proc/cmdline) " in
*' lab.systemd '*) exec $b switch_root /root /lib/systemd/systemd ;;
*) exec $b switch_root /root /bin/sh /isomer/e2e/lab/guest/init.sh ;;
esac
