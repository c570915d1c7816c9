# Before every script: facts go out as lines of JSON, and everything that fails stops it.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
if ($env:ISOMER_CODE) { Add-Type -TypeDefinition $env:ISOMER_CODE }

function Emit($fact) { [Console]::Out.WriteLine((ConvertTo-Json -InputObject $fact -Compress -Depth 4)) }
function Refuse([string]$reason, [string]$what) {
    Emit ([ordered]@{ event = 'refused'; reason = $reason; what = $what })
    exit 1
}
# Drives don't know everything of every disc.
function Attempt([scriptblock]$get) { try { & $get } catch { $null } }

function Find-Recorder([string]$letter) {
    foreach ($id in (New-Object -ComObject IMAPI2.MsftDiscMaster2)) {
        $recorder = New-Object -ComObject IMAPI2.MsftDiscRecorder2
        $recorder.InitializeDiscRecorder($id)
        if (@($recorder.VolumePathNames) -contains "$letter\") { return $recorder }
    }
    Refuse 'no-recorder' $letter
}
