using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plimsoll.Daemon.Hosting;

namespace Plimsoll.Daemon.Access;

/// <summary>Sessions of browsers: made from a token, kept over a restart (file <c>sessions</c> of the state folder, 0600), and over after half a day.</summary>
/// <remarks>A new token of the service ends them all, because their seals no longer match. Safe for any number of threads.</remarks>
internal sealed class SessionBook(ServiceSecret secret, string stateFolder, TimeProvider time)
{
    private const int Most = 64;
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private readonly string path = Path.Combine(stateFolder, "sessions");
    private readonly Lock gate = new();
    private ImmutableList<Session> sessions = Read(Path.Combine(stateFolder, "sessions")); // oldest first; under the gate

    /// <summary>Begins a session; the oldest one gives way when there are too many.</summary>
    /// <returns>What the browser keeps as its cookie.</returns>
    public (string Cookie, Session Session) Begin(Caller caller)
    {
        string cookie = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var session = new Session(SealOf(cookie), caller.Name, caller.Scope, time.GetUtcNow(), time.GetUtcNow() + Life);
        lock (gate)
        {
            sessions = sessions.RemoveAll(IsOver).Add(session);
            sessions = sessions.RemoveRange(0, Math.Max(0, sessions.Count - Most));
            Write();
        }

        return (cookie, session);
    }

    /// <summary>The session of a cookie; null when there is none, or it is over.</summary>
    public Session? Find(string cookie)
    {
        byte[] seal = Encoding.ASCII.GetBytes(SealOf(cookie));
        lock (gate)
        {
            return sessions.Find(session => !IsOver(session) && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(session.Seal), seal));
        }
    }

    public void End(string cookie)
    {
        string seal = SealOf(cookie);
        lock (gate)
        {
            sessions = sessions.RemoveAll(session => session.Seal == seal);
            Write();
        }
    }

    /// <summary>What a page of this session sends with each change: another site's page cannot read it.</summary>
    public string CsrfOf(string cookie) => secret.Seal("csrf " + cookie);

    public bool IsCsrf(string cookie, string? sent) =>
        sent is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CsrfOf(cookie)), Encoding.UTF8.GetBytes(sent));

    private string SealOf(string cookie) => secret.Seal("session " + cookie);

    private bool IsOver(Session session) => session.ExpiresAt <= time.GetUtcNow();

    /// <summary>Sessions that cannot be read cost a login, nothing else.</summary>
    private static ImmutableList<Session> Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), DaemonJsonContext.Default.SessionArray)?.ToImmutableList() ?? [] : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    /// <summary>Replaced as a whole; a full disk costs a login after a restart.</summary>
    private void Write()
    {
        string draft = path + ".new";
        try
        {
            File.Delete(draft);
            using (var file = new FileStream(draft, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                JsonSerializer.Serialize(file, [.. sessions], DaemonJsonContext.Default.SessionArray);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Kept in memory.
        }
    }
}
