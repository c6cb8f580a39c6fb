namespace Plimsoll.Core.Admission;

/// <summary>S: mapped pages of executables and libraries, counted once per executable while any attempt maps it.</summary>
internal sealed class SharedPages
{
    private readonly Dictionary<ulong, (int Users, long Bytes)> executables = [];

    public long Bytes { get; private set; }

    public void Add(ulong executable, long bytes)
    {
        if (executable == 0)
        {
            return;
        }

        (int users, long before) = executables.GetValueOrDefault(executable);
        long now = Math.Max(before, bytes);
        executables[executable] = (users + 1, now);
        Bytes += now - before;
    }

    public void Remove(ulong executable)
    {
        if (executable != 0 && executables.TryGetValue(executable, out (int Users, long Bytes) entry))
        {
            if (entry.Users > 1)
            {
                executables[executable] = (entry.Users - 1, entry.Bytes);
                return;
            }

            executables.Remove(executable);
            Bytes -= entry.Bytes;
        }
    }

    /// <summary>What one more attempt of this executable adds.</summary>
    public long Extra(ulong executable, long bytes) =>
        executable == 0 ? 0 : Math.Max(0, bytes - executables.GetValueOrDefault(executable).Bytes);
}
