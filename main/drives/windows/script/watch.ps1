# Says whenever a volume comes or goes, discs among them, until it is ended.
Register-CimIndicationEvent -Query 'SELECT * FROM Win32_VolumeChangeEvent' -SourceIdentifier Isomer
while ($true) {
    Wait-Event -SourceIdentifier Isomer | Remove-Event
    Emit ([ordered]@{ event = 'changed' })
}
