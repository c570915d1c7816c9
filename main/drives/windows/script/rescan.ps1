Update-Disk -Number ([int]$env:ISOMER_DISK)
Update-HostStorageCache
Emit ([ordered]@{ event = 'done' })
