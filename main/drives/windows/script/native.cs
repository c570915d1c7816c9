// What PowerShell can't do by itself: hear IMAPI2's events while it writes, lend it an image as a stream, ask devices.
// Compiled by Windows PowerShell 5.1, so it keeps to C# 5.
using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using Com = System.Runtime.InteropServices.ComTypes;

namespace Isomer
{
    // imapi2.h, DDiscFormat2DataEvents
    [ComImport, ComVisible(true), Guid("2735413C-7F64-5B0F-8F00-5D77AFBE261E")]
    public interface IDataEvents
    {
        [DispId(0x200)]
        void Update([In, MarshalAs(UnmanagedType.IDispatch)] object format, [In, MarshalAs(UnmanagedType.IDispatch)] object progress);
    }

    // imapi2.h, DDiscFormat2EraseEvents
    [ComImport, ComVisible(true), Guid("2735413A-7F64-5B0F-8F00-5D77AFBE261E")]
    public interface IEraseEvents
    {
        [DispId(0x200)]
        void Update([In, MarshalAs(UnmanagedType.IDispatch)] object format, int elapsedSeconds, int estimatedTotalSeconds);
    }

    public static class Lines
    {
        public static void Write(string json)
        {
            Console.Out.WriteLine(json);
            Console.Out.Flush();
        }
    }

    // Tells every event as a line of JSON, and cancels when the stop file is there: IMAPI2 takes a cancel only from within an event.
    [ComVisible(true), ClassInterface(ClassInterfaceType.None)]
    public sealed class DataSink : IDataEvents
    {
        private readonly string stopFile;
        private bool isStopping;

        public DataSink(string stopFile)
        {
            this.stopFile = stopFile;
        }

        public void Listen(object format)
        {
            Connection.Advise(format, typeof(IDataEvents).GUID, this);
        }

        public void Update(object format, object progress)
        {
            try
            {
                Lines.Write(string.Format(
                    "{{\"event\":\"write\",\"action\":{0},\"startSector\":{1},\"sectorCount\":{2},\"writtenSector\":{3},\"elapsedSeconds\":{4},\"remainingSeconds\":{5},\"bufferBytes\":{6},\"bufferUsedBytes\":{7}}}",
                    Number(progress, "CurrentAction"), Number(progress, "StartLba"), Number(progress, "SectorCount"), Number(progress, "LastWrittenLba"),
                    Number(progress, "ElapsedTime"), Number(progress, "RemainingTime"), Number(progress, "TotalSystemBuffer"), Number(progress, "UsedSystemBuffer")));
                if (isStopping || !File.Exists(stopFile)) return;
                isStopping = true;
                format.GetType().InvokeMember("CancelWrite", BindingFlags.InvokeMethod, null, format, null);
            }
            catch (Exception)
            {
                // The disc matters more than what is said about it.
            }
        }

        private static int Number(object progress, string name)
        {
            try
            {
                return Convert.ToInt32(progress.GetType().InvokeMember(name, BindingFlags.GetProperty, null, progress, null));
            }
            catch (Exception)
            {
                return -1; // not told in this phase
            }
        }
    }

    [ComVisible(true), ClassInterface(ClassInterfaceType.None)]
    public sealed class EraseSink : IEraseEvents
    {
        public void Listen(object format)
        {
            Connection.Advise(format, typeof(IEraseEvents).GUID, this);
        }

        public void Update(object format, int elapsedSeconds, int estimatedTotalSeconds)
        {
            Lines.Write(string.Format("{{\"event\":\"erase\",\"elapsedSeconds\":{0},\"totalSeconds\":{1}}}", elapsedSeconds, estimatedTotalSeconds));
        }
    }

    public static class Connection
    {
        public static void Advise(object source, Guid events, object sink)
        {
            Com.IConnectionPoint point;
            ((Com.IConnectionPointContainer)source).FindConnectionPoint(ref events, out point);
            int cookie;
            point.Advise(sink, out cookie);
        }
    }

    // An image as IMAPI2 takes it: whole sectors, the last one filled up with zeros.
    [ComVisible(true), ClassInterface(ClassInterfaceType.None)]
    public sealed class ImageStream : Com.IStream, IDisposable
    {
        private const int SectorBytes = 2048;
        private const long BytesBetweenLines = 4L << 20;
        private readonly FileStream file;
        private readonly long length;
        private long position;
        private long told;

        public ImageStream(string path)
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            length = (file.Length + SectorBytes - 1) / SectorBytes * SectorBytes;
        }

        public void Read(byte[] buffer, int wanted, IntPtr gotPointer)
        {
            int got = (int)Math.Max(0, Math.Min(wanted, length - position));
            Array.Clear(buffer, 0, got);
            file.Position = Math.Min(position, file.Length);
            for (int done = 0, now = 1; done < got && now > 0; done += now) now = file.Read(buffer, done, got - done);
            position += got;
            if (gotPointer != IntPtr.Zero) Marshal.WriteInt32(gotPointer, got);
            if (position - told < BytesBetweenLines && position < length) return;
            told = position;
            Lines.Write(string.Format("{{\"event\":\"read\",\"bytes\":{0}}}", position));
        }

        public void Seek(long offset, int origin, IntPtr positionPointer)
        {
            position = origin == 0 ? offset : origin == 1 ? position + offset : length + offset;
            if (positionPointer != IntPtr.Zero) Marshal.WriteInt64(positionPointer, position);
        }

        public void Stat(out Com.STATSTG facts, int flags)
        {
            facts = new Com.STATSTG();
            facts.type = 2; // STGTY_STREAM
            facts.cbSize = length;
        }

        public void Clone(out Com.IStream copy) { throw new NotSupportedException(); }
        public void Commit(int flags) { }
        public void CopyTo(Com.IStream target, long count, IntPtr read, IntPtr written) { throw new NotSupportedException(); }
        public void LockRegion(long offset, long count, int type) { throw new NotSupportedException(); }
        public void Revert() { throw new NotSupportedException(); }
        public void SetSize(long size) { throw new NotSupportedException(); }
        public void UnlockRegion(long offset, long count, int type) { throw new NotSupportedException(); }
        public void Write(byte[] buffer, int count, IntPtr written) { throw new NotSupportedException(); }
        public void Dispose() { file.Dispose(); }
    }

    public static class Device
    {
        private const uint GenericRead = 0x80000000, GenericWrite = 0x40000000, ShareAll = 3, OpenExisting = 3;
        private const uint GetLengthInfo = 0x0007405C, LockVolume = 0x00090018, DismountVolume = 0x00090020;

        [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        private static extern Microsoft.Win32.SafeHandles.SafeFileHandle CreateFile(
            string name, uint access, uint share, IntPtr security, uint disposition, uint flags, IntPtr template);

        [DllImport("kernel32.dll", SetLastError = true)]
        private static extern bool DeviceIoControl(
            Microsoft.Win32.SafeHandles.SafeFileHandle device, uint code, IntPtr input, int inputBytes, out long output, int outputBytes, out int returned, IntPtr overlapped);

        // Of the medium in it; -1 when there is none or it does not say.
        public static long Length(string path)
        {
            using (var device = CreateFile(path, GenericRead, ShareAll, IntPtr.Zero, OpenExisting, 0, IntPtr.Zero))
            {
                long length;
                int returned;
                if (device.IsInvalid) return -1;
                return DeviceIoControl(device, GetLengthInfo, IntPtr.Zero, 0, out length, sizeof(long), out returned, IntPtr.Zero) ? length : -1;
            }
        }

        // Gives false when something uses the volume; it is then as it was.
        public static bool Dismount(string path)
        {
            using (var volume = CreateFile(path, GenericRead | GenericWrite, ShareAll, IntPtr.Zero, OpenExisting, 0, IntPtr.Zero))
            {
                long nothing;
                int returned;
                if (volume.IsInvalid || !DeviceIoControl(volume, LockVolume, IntPtr.Zero, 0, out nothing, 0, out returned, IntPtr.Zero)) return false;
                return DeviceIoControl(volume, DismountVolume, IntPtr.Zero, 0, out nothing, 0, out returned, IntPtr.Zero);
            }
        }
    }
}
