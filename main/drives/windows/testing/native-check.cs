// Tries what native.cs does without Windows: the stream that IMAPI2 reads, and events with a cancel. Prints what comes of it.
using System;
using System.IO;
using System.Runtime.InteropServices;
using Com = System.Runtime.InteropServices.ComTypes;

public class Progress
{
    public int CurrentAction { get { return 4; } }
    public int StartLba { get { return 16; } }
    public int SectorCount { get { return 100; } }
    public int LastWrittenLba { get { return 47; } }
    public int ElapsedTime { get { return 12; } }
    public int RemainingTime { get { return 340; } }
    public int TotalSystemBuffer { get { return 1000; } }
    public int UsedSystemBuffer { get { throw new InvalidOperationException("not in this phase"); } }
}

public class Format
{
    public int Cancels;
    public void CancelWrite() { Cancels++; }
}

public static class NativeCheck
{
    public static void Main(string[] args)
    {
        string image = args[0], stop = args[1];
        var stream = new Isomer.ImageStream(image);
        Com.STATSTG facts;
        stream.Stat(out facts, 1);
        Console.WriteLine("size " + facts.cbSize);
        IntPtr count = Marshal.AllocHGlobal(8);
        var buffer = new byte[3000];
        for (int i = 0; i < buffer.Length; i++) buffer[i] = 0xee;
        stream.Seek(1000, 0, count);
        Console.WriteLine("at " + Marshal.ReadInt64(count));
        stream.Read(buffer, buffer.Length, count);
        Console.WriteLine("read " + Marshal.ReadInt32(count) + " first " + buffer[0] + " last " + buffer[1499] + " padding " + buffer[1500] + " " + buffer[2999]);
        stream.Read(buffer, buffer.Length, count);
        Console.WriteLine("read " + Marshal.ReadInt32(count) + " " + buffer[0]);
        stream.Read(buffer, buffer.Length, count);
        Console.WriteLine("read " + Marshal.ReadInt32(count));
        stream.Dispose();

        var format = new Format();
        var sink = new Isomer.DataSink(stop);
        sink.Update(format, new Progress());
        Console.WriteLine("cancels " + format.Cancels);
        File.WriteAllText(stop, "");
        sink.Update(format, new Progress());
        sink.Update(format, new Progress());
        Console.WriteLine("cancels " + format.Cancels);
        new Isomer.EraseSink().Update(format, 30, 120);
    }
}
