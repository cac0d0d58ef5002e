using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;

namespace DualDb.Migrations.Linting;

/// <summary>Looks at the statements of one migration. Tables that it creates itself are empty and unknown to others: nothing is said of them.</summary>
/// <param name="migration">The migration.</param>
internal sealed class StatementLint(SqlMigration migration)
{
    /// <summary>Types that draw a number for each row.</summary>
    private static readonly string[] CountingTypes = ["serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"];

    /// <summary>Functions that give each row another value.</summary>
    private static readonly string[] ChangingFunctions = ["gen_random_uuid", "uuid_generate_v4", "uuid_generate_v1", "uuidv4", "uuidv7", "random", "clock_timestamp", "nextval", "timeofday"];

    private readonly CreatedTables _created = new();
    private readonly ConcurrentForms _concurrent = new();

    /// <summary>What is found, without what the file accepts.</summary>
    public IEnumerable<MigrationFinding> Run()
    {
        var statements = migration.Up.SelectMany(static segment => segment.Statements.Select(statement => (Statement: statement, IsLast: ReferenceEquals(statement, segment.Statements[^1]))));
        foreach (var (statement, isLast) in statements)
        {
            var words = StatementText.WordsOf(statement.Text);
            foreach (var rule in RulesOf(statement, words, isLast).Concat(OfLoss(statement, words)).Distinct(StringComparer.Ordinal).Where(rule => !migration.Accepts.Contains(rule, StringComparer.Ordinal)))
            {
                yield return new MigrationFinding(rule, migration.Id, migration.Source, statement.Line, LintRules.Messages[rule]);
            }
        }
    }

    private IEnumerable<string> RulesOf(SqlStatement statement, StatementWords words, bool isLast)
    {
        if (ManagedSchemas.IsTouchedBy(migration.Id.Database, words))
        {
            return [LintRules.ManagedSchema];
        }

        if (words.Say(0, "create"))
        {
            _concurrent.Take(words);
            return OfCreate(words);
        }

        if (_concurrent.AreMissedBy(words, _created))
        {
            return [LintRules.WithoutConcurrently];
        }

        if (words.Say(0, "update"))
        {
            return statement.Kind == StatementKind.Batched || _created.Contains(NameBehind(words, 1)) ? [] : [LintRules.WholeUpdate];
        }

        if (words.Say(0, "alter", "type") && words.Find("rename") > 0)
        {
            return [LintRules.Rename];
        }

        if (words.Say(0, "alter", "type") && words.Find("value") is var value and > 0 && words.Say(value - 1, "add"))
        {
            return isLast ? [] : [LintRules.NewEnumValue];
        }

        return words.Say(0, "alter", "table") && !_created.Contains(NameBehind(words, 2)) ? OfAlterTable(words) : [];
    }

    private IEnumerable<string> OfLoss(SqlStatement statement, StatementWords words)
    {
        var loss = statement.Moved is not null || ManagedSchemas.IsTouchedBy(migration.Id.Database, words) ? Loss.None : new StatementLoss(_created).Of(words);
        return loss switch
        {
            Loss.Values => [LintRules.WholeUpdate],
            Loss.Object when migration.Phase != MigrationPhase.Contract => [LintRules.Drop],
            Loss.Rows when migration.Phase != MigrationPhase.Contract => [LintRules.AllRows],
            _ => [],
        };
    }

    private IEnumerable<string> OfCreate(StatementWords words)
    {
        if (_created.Take(words))
        {
            return [];
        }

        var index = words.Say(1, "unique") ? 2 : 1;
        var on = words.Find("on");
        return words.Say(index, "index") && !words.Say(index + 1, "concurrently") && on > 0 && !_created.Contains(NameBehind(words, on + 1)) ? [LintRules.BlockingIndex] : [];
    }

    private IEnumerable<string> OfAlterTable(StatementWords words)
    {
        for (var i = 3; i < words.Count; i++)
        {
            if (words.Say(i, "drop") && !words.SayAny(i + 1, "constraint", "default", "not", "expression", "identity") && migration.Phase != MigrationPhase.Contract)
            {
                yield return LintRules.Drop;
            }
            else if ((words.Say(i, "rename") && !words.Say(i + 1, "constraint")) || words.Say(i, "set", "schema"))
            {
                yield return LintRules.Rename;
            }
            else if (words.Say(i, "alter"))
            {
                var change = words.Say(i + 1, "column") ? i + 3 : i + 2;
                if (words.Say(change, "type") || words.Say(change, "set", "data", "type"))
                {
                    yield return LintRules.TypeChange;
                }
                else if (words.Say(change, "set", "not", "null"))
                {
                    yield return LintRules.SetNotNull;
                }
            }
            else if (words.Say(i, "add") && OfAdd(words, i + 1) is { } rule)
            {
                yield return rule;
            }
        }
    }

    private static string? OfAdd(StatementWords words, int at)
    {
        var end = EndOfAction(words, at);
        return words.SayAny(at, "constraint", "foreign", "check", "primary", "unique", "exclude") ? OfConstraint(words, at, end) : OfColumn(words, at, end);
    }

    private static string? OfConstraint(StatementWords words, int at, int end)
        => Has(words, "foreign", at, end) || Has(words, "check", at, end) ? IsNotValid(words, at, end) ? null : LintRules.ValidatedConstraint
            : (Has(words, "unique", at, end) || Has(words, "primary", at, end) || Has(words, "exclude", at, end)) && !Has(words, "using", at, end) ? LintRules.BlockingIndex
            : Has(words, "exclude", at, end) ? LintRules.BlockingIndex
            : null;

    // Outside of parentheses: a condition may speak of a column called valid.
    private static bool IsNotValid(StatementWords words, int at, int end)
    {
        var not = FindOutside(words, "not", at, end);
        while (not > 0 && !words.Say(not + 1, "valid"))
        {
            not = FindOutside(words, "not", not + 1, end);
        }

        return not > 0;
    }

    private static string? OfColumn(StatementWords words, int at, int end)
    {
        var notNull = FindOutside(words, "null", at, end);
        return IsComputedPerRow(words, at, end) ? LintRules.WrittenAnew
            : notNull > at && words.Say(notNull - 1, "not") && !HasDefault(words, at, end) && !Has(words, "generated", at, end) ? LintRules.NotNullWithoutDefault
            : FindOutside(words, "unique", at, end) > 0 || FindOutside(words, "primary", at, end) > 0 ? LintRules.BlockingIndex

            // The default is in all rows, and is looked up for each; what is null is looked up for none.
            : FindOutside(words, "references", at, end) > 0 && HasDefault(words, at, end) ? LintRules.ValidatedConstraint
            : null;
    }

    // Neither what a key does where its row is deleted, nor null, is a value that rows get.
    private static bool HasDefault(StatementWords words, int at, int end)
    {
        var value = FindOutside(words, "default", at, end);
        while (value > 0 && (words.Say(value - 1, "set") || words.Say(value + 1, "null")))
        {
            value = FindOutside(words, "default", value + 1, end);
        }

        return value > 0;
    }

    // Another value for each row; what is the same for all, such as now(), is kept beside the table.
    private static bool IsComputedPerRow(StatementWords words, int at, int end)
    {
        var value = words.Find("default", at);
        return Array.Exists(CountingTypes, type => Has(words, type, at, end))
            || FindOutside(words, "generated", at, end) > 0
            || (value > 0 && value < end && Array.Exists(ChangingFunctions, function => Has(words, function, value, end)));
    }

    // A check within the parentheses of which 'not null' stands says nothing of the column.
    private static int FindOutside(StatementWords words, string keyword, int from, int end)
    {
        var depth = 0;
        for (var at = from; at < end; at++)
        {
            depth += words[at] switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth == 0 && words.Say(at, keyword))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool Has(StatementWords words, string keyword, int from, int end) => words.Find(keyword, from) is var found and >= 0 && found < end;

    /// <summary>Where the next action of the statement begins, behind a comma outside of parentheses.</summary>
    private static int EndOfAction(StatementWords words, int at)
    {
        var depth = 0;
        for (; at < words.Count; at++)
        {
            switch (words[at])
            {
                case "(": depth++; break;
                case ")": depth--; break;
                case "," when depth == 0: return at;
                default: break;
            }
        }

        return at;
    }

    private static string NameBehind(StatementWords words, int at)
    {
        at += words.Say(at, "if", "not", "exists") ? 3 : words.Say(at, "if", "exists") ? 2 : 0;
        return words.NameAt(words.Say(at, "only") ? at + 1 : at).Name;
    }
}
