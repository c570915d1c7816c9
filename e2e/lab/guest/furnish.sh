#!/bin/sh
# Runs inside the guest's new root: a kernel with the modules the lab is about, an initramfs, accounts, fewer services.
set -eu

# All that is started with the machine, and what it takes to get there; each brings the modules it depends on.
reach_root="virtio_pci virtio_blk ext4 crc32c_generic virtio_console 9p 9pnet_virtio"
others="virtio_scsi virtio_rng fuse loop isofs udf sr_mod sg sd_mod ata_piix ahci usb_storage uas xhci_pci vfat
 nls_utf8 nls_cp437 nls_iso8859-1 nls_ascii crc-itu-t button autofs4"

echo "Furnishing: the kernel"
kernel_package=$(apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -1)
cd /tmp
apt-get download -qq "$kernel_package"
dpkg-deb -x "$kernel_package"_*.deb /tmp/kernel
release=$(ls /tmp/kernel/lib/modules)
depmod -b /tmp/kernel "$release"
files_of() {
  for module in "$@"; do modprobe -d /tmp/kernel -S "$release" --show-depends "$module"; done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
}

mkdir -p "/usr/lib/modules/$release"
cp /tmp/kernel/lib/modules/"$release"/modules.builtin* /tmp/kernel/lib/modules/"$release"/modules.order "/usr/lib/modules/$release/"
# shellcheck disable=SC2086 # words are what is meant
for file in $(files_of $reach_root $others); do
  place=/usr${file#/tmp/kernel}
  mkdir -p "$(dirname "$place")"
  cp "$file" "$place"
done
depmod "$release"

echo "Furnishing: the initramfs"
early=/tmp/early
mkdir -p $early/bin $early/proc $early/sys $early/dev $early/root $early/modules
cp /bin/busybox $early/bin/
cp /tmp/initramfs-init.sh $early/init
chmod 755 $early/init
# shellcheck disable=SC2086
for file in $(files_of $reach_root); do
  cp "$file" $early/modules/
  basename "$file" >> $early/modules/in-order
done
(cd $early && find . | cpio -o -H newc --quiet | gzip -1) > /boot/initrd.gz
cp "/tmp/kernel/boot/vmlinuz-$release" /boot/vmlinuz

echo "Furnishing: accounts and services"
node --version > /dev/null # it runs with the libraries that are here
useradd -m -u 1000 -s /bin/bash tester
passwd -qd root
passwd -qd tester
echo lab > /etc/hostname
echo '127.0.0.1 localhost lab' > /etc/hosts
mkdir -p /lab /isomer
printf '%s\n' '#!/bin/sh' 'exec /usr/bin/node /isomer/dist/cli.js "$@"' > /usr/local/bin/isomer
chmod 755 /usr/local/bin/isomer
cat > /etc/systemd/system/lab-agent.service <<'UNIT'
[Unit]
SuccessAction=poweroff-force
FailureAction=poweroff-force
After=systemd-logind.service dbus.service systemd-udevd.service
[Service]
ExecStartPre=-/usr/bin/udevadm settle -t 30
ExecStart=/usr/bin/node /isomer/e2e/lab/guest/agent.mjs
UNIT
ln -s ../lab-agent.service /etc/systemd/system/multi-user.target.wants/lab-agent.service
for unit in systemd-timesyncd.service e2scrub_reap.service getty@tty1.service serial-getty@ttyS0.service \
  apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer fstrim.timer e2scrub_all.timer; do
  ln -sf /dev/null "/etc/systemd/system/$unit"
done
rm -rf /tmp/kernel /tmp/early /tmp/*.deb /tmp/initramfs-init.sh
