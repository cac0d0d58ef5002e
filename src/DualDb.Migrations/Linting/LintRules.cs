namespace DualDb.Migrations.Linting;

/// <summary>The ids of the rules, and what they say.</summary>
internal static class LintRules
{
    public const string Drop = "DDM001";
    public const string Rename = "DDM002";
    public const string TypeChange = "DDM003";
    public const string NotNullWithoutDefault = "DDM004";
    public const string BlockingIndex = "DDM005";
    public const string ValidatedConstraint = "DDM006";
    public const string NewEnumValue = "DDM007";
    public const string SetNotNull = "DDM008";
    public const string SyncedColumn = "DDM009";
    public const string OneSide = "DDM010";
    public const string ManagedSchema = "DDM011";
    public const string WholeUpdate = "DDM012";
    public const string MovedAway = "DDM013";
    public const string AllRows = "DDM014";
    public const string WrittenAnew = "DDM015";
    public const string WithoutConcurrently = "DDM016";

    /// <summary>What a file of the phase contract says that is to be run though the synchronisation of its tables was not seen to be at its end.</summary>
    public const string Unverified = "contract-unverified";

    /// <summary>What a file that moves a table says of publications and triggers that do not come along.</summary>
    public const string LeftCaptures = "left-captures";

    /// <summary>What only a run can know, and a file can accept as well.</summary>
    public static IReadOnlyList<string> Holds { get; } = [Unverified, LeftCaptures];

    /// <summary>What each says.</summary>
    public static IReadOnlyDictionary<string, string> Messages { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Drop] = "what is dropped is missed by the version of the application that still runs. Drop it in a file of '-- phase: contract', once no version uses it",
        [Rename] = "under its new name it is not found by the version of the application that still runs. Add the new one, fill it, switch, and drop the old one in '-- phase: contract'",
        [TypeChange] = "a change of type rewrites the table, and nobody reads or writes it meanwhile. Add a column of the new type, fill it in batches, and switch",
        [NotNullWithoutDefault] = "a column that is not null and has no default is refused where the table holds rows, and the version of the application that still runs cannot insert any. Give it a default, or add it nullable",
        [BlockingIndex] = "nobody writes to the table while the index is built. Write 'create index concurrently'",
        [ValidatedConstraint] = "all rows are checked while nobody writes to the table. Add the constraint 'not valid', and 'validate constraint' in the next migration",
        [NewEnumValue] = "a value that is added to an enum cannot be used in the same transaction. Write '-- transaction: none' in the header, or use it in the next migration",
        [SyncedColumn] = "the model still synchronises it with the other database, and the synchronisation stops at the first row without it. Take it out of the map, release that, and drop it then",
        [OneSide] = "the column is synchronised with one of the other database, which no migration changes with it. Write the same for the other side, and let the side that rows are copied to come first",
        [ManagedSchema] = "Supabase looks after this schema, and overwrites or refuses what others change there. Put objects of your own into a schema of your own; policies and triggers on its tables are yours to write",
        [WholeUpdate] = "every row that the update finds stays locked until all are changed, and writers of the application wait. Write '-- batch: 5000' in the header: it is then run for some rows at a time",
        [MovedAway] = "the rows of the table go to the other database, and what is written here after the switch would be dropped with it. Write '-- move:' with the table and '-- phase: contract' in the header: it is then dropped only where nothing came",
        [AllRows] = "every row of the table goes, and the version of the application that still runs finds none. Say by 'where' which rows go, or write it into a file of '-- phase: contract', once no version reads them",
        [WrittenAnew] = "each row gets a value of its own, so that the table is written anew, and nobody reads or writes it meanwhile. Add the column without that, fill it in batches, and set the default then",
        [WithoutConcurrently] = "others wait until it is done, those who read as well as those who write, and it waits itself for the longest of them. Write it with 'concurrently'",
        [SetNotNull] = "all rows are read while nobody reads or writes the table. Add 'check (… is not null) not valid', validate it, and set it not null in the migration after that: then nothing is read",
    };
}
