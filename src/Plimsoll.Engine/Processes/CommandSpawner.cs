using System.Runtime.InteropServices;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>Turns a launch into a running process by posix_spawn.</summary>
/// <remarks>
/// One thread. The child gets its own session, default signal dispositions, an empty mask, three descriptors and none else. glibc
/// starts it with CLONE_VFORK, so nothing of our memory is copied and the call returns when exec has succeeded or failed.
/// </remarks>
internal sealed unsafe class CommandSpawner : IDisposable
{
    private const int WriteFlags = LibC.OpenWriteOnly | LibC.OpenCreate | LibC.OpenAppend;
    private const int OwnerOnly = 0x180; // 0600

    // A supervisor's shell would set it anyway; ours would name the wrong folder.
    private const string WorkingFolderVariable = "PWD=";
    private readonly NativeStrings strings = new();
    private readonly void* attributes = NativeMemory.AllocZeroed(PosixSpawn.ObjectBytes);
    private readonly void* actions = NativeMemory.AllocZeroed(PosixSpawn.ObjectBytes);

    public CommandSpawner()
    {
        byte* signals = stackalloc byte[128];
        int error = PosixSpawn.InitAttributes(attributes);
        error |= PosixSpawn.SetFlags(attributes, PosixSpawn.SetSession | PosixSpawn.SetSignalDefaults | PosixSpawn.SetSignalMask);
        // All bits, not sigfillset: that leaves out 32 and 33, which glibc would then have the child ignore.
        new Span<byte>(signals, 128).Fill(0xFF);
        error |= PosixSpawn.SetDefaults(attributes, signals);
        error |= PosixSpawn.EmptySignals(signals);
        error |= PosixSpawn.SetMask(attributes, signals);
        if (error != 0)
            throw new InvalidOperationException($"posix_spawn attributes were refused (error {error}); glibc 2.34 or later is needed");
    }

    /// <summary>Starts the command or its supervisor.</summary>
    /// <returns>The process number, or 0 with a refusal for the user.</returns>
    public int Spawn(LiveAttempt attempt, out string? refusal)
    {
        ProcessLaunch launch = attempt.Launch;
        refusal = LaunchCheck.Refusal(launch);
        if (refusal is not null || ProgramPath.Find(launch, out refusal) is not { } file)
            return 0;

        if (launch.Mode == StartMode.Supervised)
            StaleAttempt.Clear(launch.Files);
        int error = Spawn(attempt, file, launch.Mode == StartMode.Supervised, throughShell: false, out int pid);
        if (error == Errno.NotExecutableFormat)
        {
            // A script without an interpreter line: what execvp and every shell do.
            error = Spawn(attempt, file, supervised: false, throughShell: true, out pid);
        }

        if (error == 0)
            return pid;

        refusal = StartFailure.Describe(error, launch, file);
        return 0;
    }

    public void Dispose()
    {
        _ = PosixSpawn.DestroyAttributes(attributes);
        NativeMemory.Free(attributes);
        NativeMemory.Free(actions);
        strings.Dispose();
    }

    private int Spawn(LiveAttempt attempt, string file, bool supervised, bool throughShell, out int pid)
    {
        ProcessLaunch launch = attempt.Launch;
        strings.Clear();
        int executable = strings.Add(supervised || throughShell ? SupervisorScript.Shell : file);
        int folder = strings.Add(launch.WorkingFolder);
        int input = strings.Add(launch.InputPath);
        int output = strings.Add(launch.Files.Output);
        int errors = launch.Files.Error == launch.Files.Output ? output : strings.Add(launch.Files.Error);
        int exit = supervised ? strings.Add(launch.Files.Exit) : 0;
        int first = strings.Count;
        if (supervised)
            AddSupervisor(attempt, file);
        else if (throughShell)
            AddShell(file);

        for (int index = throughShell || (supervised && launch.Arguments[0].StartsWith('-')) ? 1 : 0; index < launch.Arguments.Count; index++)
            strings.Add(launch.Arguments[index]);

        int middle = strings.Count;
        // First, so that whoever searches for it need not read far.
        strings.Add(attempt.Tag);
        strings.Add(WorkingFolderVariable + launch.WorkingFolder);
        AddEnvironment(launch.Environment);

        int error = PosixSpawn.InitActions(actions);
        error |= PosixSpawn.AddOpen(actions, 0, strings[input], LibC.OpenReadOnly, 0);
        error |= PosixSpawn.AddOpen(actions, 1, strings[output], WriteFlags, OwnerOnly);
        error |= errors == output
            ? PosixSpawn.AddDuplicate(actions, 1, 2)
            : PosixSpawn.AddOpen(actions, 2, strings[errors], WriteFlags, OwnerOnly);
        if (supervised)
            error |= PosixSpawn.AddOpen(actions, 3, strings[exit], WriteFlags, OwnerOnly);

        error |= PosixSpawn.AddCloseFrom(actions, supervised ? 4 : 3);
        error |= PosixSpawn.AddChangeFolder(actions, strings[folder]);
        int started = 0;
        byte** arguments = strings.Vectors(first, middle, out byte** environment);
        error = error != 0 ? Errno.NoMemory : PosixSpawn.Spawn(&started, strings[executable], actions, attributes, arguments, environment);
        _ = PosixSpawn.DestroyActions(actions);
        pid = started;
        return error;
    }

    private void AddSupervisor(LiveAttempt attempt, string file)
    {
        ProcessLaunch launch = attempt.Launch;
        strings.Add("sh");
        strings.Add("-c");
        strings.Add(SupervisorScript.Text);
        strings.Add(SupervisorScript.Name);
        strings.Add(launch.Files.Pid);
        strings.Add(launch.Files.Exit);
        strings.Add(BootIdentity.Current);
        strings.Add(BootIdentity.Mask);
        foreach (string entrance in attempt.Leaf?.Entrances ?? [])
            strings.Add(entrance);

        strings.Add(SupervisorScript.EndOfEntrances);
        AddLostVariables(launch.Environment);
        if (launch.Arguments[0].StartsWith('-'))
            strings.Add(file);
    }

    private void AddShell(string file)
    {
        strings.Add("sh");
        strings.Add(file);
    }

    /// <summary>A shell passes on only variables it could have made itself; the others travel by env(1).</summary>
    private void AddLostVariables(IReadOnlyList<string> environment)
    {
        bool any = false;
        for (int index = 0; index < environment.Count; index++)
        {
            string entry = environment[index];
            if (!SupervisorScript.Loses(entry.AsSpan(0, entry.IndexOf('=', StringComparison.Ordinal))))
                continue;

            if (!any)
                strings.Add("/usr/bin/env");

            any = true;
            strings.Add(entry);
        }
    }

    private void AddEnvironment(IReadOnlyList<string> environment)
    {
        for (int index = 0; index < environment.Count; index++)
        {
            string entry = environment[index];
            if (!entry.StartsWith(AttemptTag.Variable, StringComparison.Ordinal) && !entry.StartsWith(WorkingFolderVariable, StringComparison.Ordinal))
                strings.Add(entry);
        }
    }
}
