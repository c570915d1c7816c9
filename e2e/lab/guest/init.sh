#!/bin/sh
# First program in the guest's root where there is no systemd: kernel file systems, udev, D-Bus, then the agent.
export PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb LANG=C.UTF-8
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/lock /run/dbus /run/udev /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /tmp
chmod 1777 /tmp /dev/shm
mount -t cgroup2 cgroup2 /sys/fs/cgroup
ln -sf /proc/self/fd /dev/fd
hostname lab
ip link set lo up
/lib/systemd/systemd-udevd --daemon
udevadm trigger --type=subsystems --action=add
udevadm trigger --type=devices --action=add
modprobe -a loop isofs udf fuse sg
udevadm settle -t 30
dbus-uuidgen --ensure
dbus-daemon --system --fork
node /isomer/e2e/lab/guest/agent.mjs
poweroff -f # the host is gone
