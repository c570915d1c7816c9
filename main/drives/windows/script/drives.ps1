# Drives with what is in them; only ISOMER_DRIVE when that is given.
$recorders = @{}
foreach ($id in (Attempt { New-Object -ComObject IMAPI2.MsftDiscMaster2 })) {
    try {
        $recorder = New-Object -ComObject IMAPI2.MsftDiscRecorder2
        $recorder.InitializeDiscRecorder($id)
        foreach ($path in @($recorder.VolumePathNames)) { $recorders[$path.TrimEnd('\')] = $recorder }
    } catch { continue }
}
foreach ($drive in (Get-CimInstance -ClassName Win32_CDROMDrive)) {
    $letter = [string]$drive.Drive
    if ($env:ISOMER_DRIVE -and $letter -ne $env:ISOMER_DRIVE) { continue }
    $recorder = $recorders[$letter]
    $profiles = @(Attempt { $recorder.CurrentProfiles } | Where-Object { $null -ne $_ })
    $hasDisc = [bool]$drive.MediaLoaded -or $profiles.Count -gt 0
    $format = $null
    if ($hasDisc -and $recorder) {
        $format = Attempt {
            $data = New-Object -ComObject IMAPI2.MsftDiscFormat2Data
            if ($data.IsCurrentMediaSupported($recorder)) {
                $data.Recorder = $recorder
                $data
            }
        }
    }
    $length = -1
    if ($hasDisc) { $length = [Isomer.Device]::Length("\\.\$letter") }
    Emit ([ordered]@{
        event = 'drive'
        letter = $letter
        vendor = [string](Attempt { $recorder.VendorId.Trim() })
        model = [string](Attempt { $recorder.ProductId.Trim() })
        revision = [string](Attempt { $recorder.ProductRevision.Trim() })
        caption = [string]$drive.Caption
        hasDisc = $hasDisc
        label = [string]$drive.VolumeName
        lengthBytes = $length
        profiles = [int[]]$profiles
        physicalType = [int](Attempt { $format.CurrentPhysicalMediaType })
        status = [int](Attempt { $format.CurrentMediaStatus })
        isBlank = [bool](Attempt { $format.MediaHeuristicallyBlank })
        totalSectors = [long](Attempt { $format.TotalSectorsOnMedia })
        freeSectors = [long](Attempt { $format.FreeSectorsOnMedia })
        speeds = [int[]]@(Attempt { $format.SupportedWriteSpeeds } | Where-Object { $null -ne $_ })
    })
}
