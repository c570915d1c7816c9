$recorder = Find-Recorder $env:ISOMER_DRIVE
if ($env:ISOMER_MOVE -eq 'eject') { $recorder.EjectMedia() } else { $recorder.CloseTray() }
Emit ([ordered]@{ event = 'done' })
