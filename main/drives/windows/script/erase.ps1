# Makes the disc in ISOMER_DRIVE blank again.
$recorder = Find-Recorder $env:ISOMER_DRIVE
$format = New-Object -ComObject IMAPI2.MsftDiscFormat2Erase
if (-not $format.IsRecorderSupported($recorder)) { Refuse 'no-recorder' $env:ISOMER_DRIVE }
if (-not $format.IsCurrentMediaSupported($recorder)) { Refuse 'not-erasable' $env:ISOMER_DRIVE }
$format.Recorder = $recorder
$format.ClientName = 'Isomer'
$format.FullErase = ($env:ISOMER_FULL -eq '1')
$sink = New-Object Isomer.EraseSink
$sink.Listen($format)
$format.EraseMedia()
Emit ([ordered]@{ event = 'done' })
