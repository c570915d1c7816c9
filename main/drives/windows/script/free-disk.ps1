# Takes disk ISOMER_DISK out of use: nothing may have a file open on it. Its partitions are then removed, because Windows
# lets nobody write below a volume.
$user = [Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()
if (-not $user.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) { Refuse 'not-administrator' '' }
$disk = Get-Disk -Number ([int]$env:ISOMER_DISK)
# The number may have gone to another disk since it was shown.
if ([string]$disk.Size -ne $env:ISOMER_SIZE -or ([string]$disk.SerialNumber).Trim() -ne $env:ISOMER_SERIAL) { Refuse 'other-disk' '' }
if ($disk.IsBoot -or $disk.IsSystem -or $disk.BootFromDisk) { Refuse 'system-disk' '' }
$partitions = @(Get-Partition -DiskNumber $disk.Number -ErrorAction SilentlyContinue | Where-Object { $_.DriveLetter })
foreach ($partition in $partitions) {
    if (-not [Isomer.Device]::Dismount("\\.\$($partition.DriveLetter):")) { Refuse 'in-use' "$($partition.DriveLetter):" }
}
if ($disk.PartitionStyle -ne 'RAW') { Clear-Disk -InputObject $disk -RemoveData -RemoveOEM -Confirm:$false }
Emit ([ordered]@{ event = 'done' })
