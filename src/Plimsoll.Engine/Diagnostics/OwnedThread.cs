namespace Plimsoll.Engine.Diagnostics;

/// <summary>A thread with a name and an owner, who gets its exception and joins it on dispose.</summary>
/// <remarks>The only place that makes threads. The body must return soon after its owner asked it to; <see cref="Dispose"/> waits for that.</remarks>
public sealed class OwnedThread : IDisposable
{
    private readonly Thread thread;
    private readonly Action body;
    private readonly Action<Exception> failed;

    /// <param name="owner">Type that disposes this thread; part of the name seen in debuggers.</param>
    /// <param name="name">What the thread does.</param>
    /// <param name="body">Runs once, on the new thread.</param>
    /// <param name="failed">Gets an exception that left <paramref name="body"/>, on the failing thread; must not throw.</param>
    public OwnedThread(string owner, string name, Action body, Action<Exception> failed)
    {
        this.body = body;
        this.failed = failed;
#pragma warning disable RS0030 // This file is the exemption: every other thread of the program is made through it.
        thread = new Thread(Run) { Name = $"{owner}:{name}", IsBackground = true };
#pragma warning restore RS0030
    }

    public string Name => thread.Name!;

    public void Start() => thread.Start();

    public void Dispose()
    {
        if (thread.IsAlive && thread != Thread.CurrentThread)
            thread.Join();
    }

    private void Run()
    {
        try
        {
            body();
        }
        catch (Exception exception)
        {
            failed(exception);
        }
    }
}
