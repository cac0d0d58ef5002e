// What the shared source takes from the runtime library, which an analyzer cannot reference.

namespace DualDb
{
    /// <summary>The databases, as the library numbers them.</summary>
    internal enum Database
    {
        Neon = 0,
        Supabase = 1,
    }
}

namespace DualDb.Migrations
{
    /// <summary>The phases, as the library numbers them.</summary>
    internal enum MigrationPhase
    {
        Expand = 0,
        Backfill = 1,
        Switch = 2,
        Contract = 3,
    }

    /// <summary>What the shared source throws, for the analyzer to report.</summary>
    internal sealed class MigrationFileException : Exception
    {
        private MigrationFileException(string file, int? line, string reason, Exception? cause)
            : base(reason, cause) => (File, Line) = (file, line);

        public string File { get; }

        public int? Line { get; }

        public static MigrationFileException Of(string file, int? line, string reason, Exception? cause = null) => new(file, line, reason, cause);
    }
}
