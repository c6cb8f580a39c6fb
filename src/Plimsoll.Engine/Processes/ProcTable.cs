using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>All processes as <c>/proc</c> shows them during one pass; about 8 microseconds per process, nothing allocated once warm.</summary>
/// <remarks>One thread. Not an atomic picture: a process may be missed while it changes its parent, so callers look again.</remarks>
internal sealed unsafe class ProcTable : IDisposable
{
    private const int BufferBytes = 32768;
    private readonly int folder = LibC.Open("/proc", LibC.OpenReadOnly | LibC.OpenDirectory | LibC.OpenCloseOnExec, 0);
    private readonly byte* buffer = (byte*)NativeMemory.Alloc(BufferBytes);
    private readonly List<ProcStat> entries = [];

    /// <summary>What the last <see cref="Refresh"/> saw.</summary>
    public ReadOnlySpan<ProcStat> Entries => CollectionsMarshal.AsSpan(entries);

    /// <param name="without">Processes that are not read, because the caller knows them not to matter; null = all are.</param>
    public void Refresh(HashSet<int>? without = null)
    {
        entries.Clear();
        _ = LibC.Seek(folder, 0, 0);
        nint length;
        while ((length = LibC.ReadFolder(folder, buffer, BufferBytes)) > 0)
        {
            ReadOnlySpan<byte> rest = new(buffer, (int)length);
            while (!rest.IsEmpty)
            {
                // struct linux_dirent64: inode 8, offset 8, record length 2, type 1, name.
                int size = BinaryPrimitives.ReadUInt16LittleEndian(rest[16..]);
                if (Utf8Parser.TryParse(rest[19..size], out int pid, out _) && without?.Contains(pid) != true && ProcStat.TryRead(pid, out ProcStat stat))
                    entries.Add(stat);

                rest = rest[size..];
            }
        }
    }

    /// <summary>Adds to <paramref name="members"/> every process whose parent is in it, until there is none.</summary>
    public void AddDescendants(HashSet<int> members)
    {
        bool grown = members.Count > 0;
        while (grown)
        {
            grown = false;
            foreach (ref readonly ProcStat entry in Entries)
            {
                if (members.Contains(entry.Parent) && members.Add(entry.Pid))
                    grown = true;
            }
        }
    }

    public void Dispose()
    {
        _ = LibC.Close(folder);
        NativeMemory.Free(buffer);
    }
}
