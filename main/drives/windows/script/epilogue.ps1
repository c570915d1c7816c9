} catch {
    $cause = $_.Exception.GetBaseException()
    Emit ([ordered]@{ event = 'failed'; hresult = $cause.HResult; message = $cause.Message })
    exit 1
}
