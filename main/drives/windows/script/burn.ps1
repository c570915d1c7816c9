# Writes the file ISOMER_IMAGE on the disc in ISOMER_DRIVE, and closes it if ISOMER_CLOSE is 1.
$recorder = Find-Recorder $env:ISOMER_DRIVE
$format = New-Object -ComObject IMAPI2.MsftDiscFormat2Data
if (-not $format.IsRecorderSupported($recorder)) { Refuse 'no-recorder' $env:ISOMER_DRIVE }
$format.Recorder = $recorder
$format.ClientName = 'Isomer'
$format.ForceMediaToBeClosed = ($env:ISOMER_CLOSE -eq '1')
$format.ForceOverwrite = ($env:ISOMER_OVERWRITE -eq '1')
# Sectors in a second; -1 for the fastest.
$format.SetWriteSpeed([int]$env:ISOMER_SPEED, $false)
$sink = New-Object Isomer.DataSink $env:ISOMER_STOP
$sink.Listen($format)
$stream = New-Object Isomer.ImageStream $env:ISOMER_IMAGE
try { $format.Write($stream) } finally { $stream.Dispose() }
Emit ([ordered]@{ event = 'done' })
