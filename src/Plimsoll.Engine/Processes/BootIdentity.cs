namespace Plimsoll.Engine.Processes;

/// <summary>What is read once about this boot and this process.</summary>
internal static class BootIdentity
{
    /// <summary>Random identity of the running kernel's boot.</summary>
    public static string Current { get; } = Read("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>This process's file mode mask in octal, which its children get.</summary>
    public static string Mask { get; } = ReadMask();

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    private static string ReadMask()
    {
        const string Field = "Umask:";
        foreach (string line in Read("/proc/self/status").Split('\n'))
        {
            if (line.StartsWith(Field, StringComparison.Ordinal))
                return line[Field.Length..].Trim();
        }

        return "0022";
    }
}
