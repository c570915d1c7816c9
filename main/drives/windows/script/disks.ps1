# Every disk, with the letters and labels of what is on it.
$paged = @(Attempt { Get-CimInstance -ClassName Win32_PageFileUsage } | Where-Object { $null -ne $_ } | ForEach-Object { $_.Name.Substring(0, 2) })
foreach ($disk in (Get-Disk)) {
    $partitions = @(Get-Partition -DiskNumber $disk.Number -ErrorAction SilentlyContinue)
    $letters = @($partitions | Where-Object { $_.DriveLetter } | ForEach-Object { "$($_.DriveLetter):" })
    $labels = @($letters | ForEach-Object { Attempt { (Get-Volume -DriveLetter $_[0]).FileSystemLabel } } | Where-Object { $_ })
    $isPaged = @($letters | Where-Object { $paged -contains $_ }).Count -gt 0
    Emit ([ordered]@{
        event = 'disk'
        number = [int]$disk.Number
        model = ([string]$disk.FriendlyName).Trim()
        serial = ([string]$disk.SerialNumber).Trim()
        sizeBytes = [long]$disk.Size
        sectorBytes = [int]$disk.LogicalSectorSize
        bus = [string]$disk.BusType
        isSystem = [bool]($disk.IsBoot -or $disk.IsSystem -or $disk.BootFromDisk -or $isPaged)
        isReadOnly = [bool]$disk.IsReadOnly
        letters = [string[]]$letters
        labels = [string[]]$labels
    })
}
