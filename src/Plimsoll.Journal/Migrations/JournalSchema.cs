using System.Globalization;
using System.Reflection;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Native;

namespace Plimsoll.Journal.Migrations;

/// <summary>Brings a journal to the version this program writes, by the numbered scripts it has not seen yet.</summary>
/// <remarks><c>user_version</c> of the file is the number of the last script; a script is never changed once it was released.</remarks>
internal static class JournalSchema
{
    /// <summary>The <c>application_id</c> of a journal: "plim".</summary>
    internal const long ApplicationId = 0x706c696d;

    private static readonly Assembly Scripts = typeof(JournalSchema).Assembly;

    internal static int Newest { get; } = Scripts.GetManifestResourceNames().Count(name => char.IsAsciiDigit(name[0]));

    /// <summary>Refuses a file that is not a journal or is newer than this program.</summary>
    /// <returns>The version of the file, 0 when it is empty.</returns>
    internal static int Check(SqliteDatabase database)
    {
        int version = (int)database.Scalar("PRAGMA user_version");
        long application = database.Scalar("PRAGMA application_id");
        bool empty = version == 0 && database.Scalar("SELECT count(*) FROM sqlite_master") == 0;
        if (!empty && application != ApplicationId)
        {
            throw new JournalException($"Journal {database.Path}: it is an SQLite file of another program (application_id {application}). Move it away, or choose another state folder with --state.", retryable: false);
        }

        if (version > Newest)
        {
            throw new JournalException($"Journal {database.Path}: its version is {version}, and this Plimsoll knows versions up to {Newest}. Use the newer Plimsoll that wrote it, or another state folder with --state.", retryable: false);
        }

        return version;
    }

    /// <summary>Runs the missing scripts, each in one transaction with its number.</summary>
    internal static void Migrate(SqliteDatabase database)
    {
        for (int version = Check(database) + 1; version <= Newest; version++)
        {
            database.Execute("BEGIN IMMEDIATE");
            try
            {
                database.Execute(Script(version));
                database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {version}"));
                database.Execute("COMMIT");
            }
            catch (JournalException)
            {
                if (database.InTransaction)
                {
                    database.Execute("ROLLBACK");
                }

                throw;
            }
        }
    }

    private static string Script(int version)
    {
        string name = version.ToString("0000", CultureInfo.InvariantCulture) + ".sql";
        using Stream stream = Scripts.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"migration {name} is missing from the program");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
