using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Linting;
using DualDb.Migrations.Model;

namespace DualDb.Migrations.Running;

/// <summary>The names that a statement holds, without their schemas.</summary>
internal static class StatementNames
{
    // Words that PostgreSQL does not reserve, and that stand in statements of any kind: two statements that share one need have nothing in common.
    private static readonly HashSet<string> Common =
    [
        .. """
            add alter action after always as begin before bigint boolean by cascade char character comment commit concurrently constraints copy data date declare delete drop each enum execute exists
            extension first function generated if identity immutable include index inherits insert int integer interval is json jsonb key language level local lock name names no none nothing numeric of
            old only owned owner perform plpgsql policy precision double procedure public raise read real rename replace restart restrict return returns role row rows schema security sequence set
            share smallint sql stable statement storage stored strict temp temporary text time timestamp timestamptz to transaction trigger truncate type uuid update validate valid value values varchar
            varying view volatile with without work zone
            """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>All that may be a name in a statement, in the blocks of code in it as well.</summary>
    public static HashSet<string> All(string sql)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        AddTo(names, sql);
        return names;
    }

    /// <summary>The same without words that stand in statements of any kind.</summary>
    public static HashSet<string> Of(string sql)
    {
        var names = All(sql);
        names.ExceptWith(Common);
        return names;
    }

    /// <summary>Whether the keyword stands in a statement, outside of constants.</summary>
    public static bool Says(string sql, string keyword) => StatementText.WordsOf(sql).Find(keyword) >= 0;

    /// <summary>A name as written, without its schema, as PostgreSQL reads it.</summary>
    public static string Last(string written)
    {
        var words = StatementText.WordsOf(written);
        return StatementTarget.Fold(words[words.Count - 1]);
    }

    /// <summary>The first name in quotes of a message of the server, without its schema; null for none.</summary>
    public static string? Quoted(string message)
    {
        var from = message.IndexOf('"', StringComparison.Ordinal);
        var to = from < 0 ? -1 : message.IndexOf('"', from + 1);
        return to < 0 ? null : message[(from + 1)..to].Split('.')[^1];
    }

    private static void AddTo(HashSet<string> names, string sql)
    {
        var words = StatementText.WordsOf(sql);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word[0] == '$' && word.IndexOf('$', 1) is var tag and > 0 && word.Length >= 2 * (tag + 1))
            {
                AddBlock(names, word[(tag + 1)..^(tag + 1)]);
            }
            else if ((word[0] is '"' or '_' || char.IsLetter(word[0])) && word[^1] != '\'' && !string.Equals(words[i + 1], ".", StringComparison.Ordinal) && StatementTarget.Fold(word) is var name && !SqlName.IsReserved(name))
            {
                names.Add(name);
            }
        }
    }

    // Of another language, perhaps, in which quotes mean something else.
    private static void AddBlock(HashSet<string> names, string block)
    {
        try
        {
            AddTo(names, block);
        }
        catch (SqlScanException)
        {
            names.UnionWith(block.Split([' ', '\n', '\r', '\t', '(', ')', ';', ',', '.', '\'', '"'], StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
