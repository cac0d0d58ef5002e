using System.Globalization;

namespace DualDb.Migrations;

/// <summary>A statement that is likely to disturb an application that runs, or to break a version of it.</summary>
/// <param name="Rule">The rule, as <c>DDM001</c>; its page is <c>docs/migration-rules/DDM001.md</c>. A file accepts it with <c>-- accept: DDM001</c> in its header.</param>
/// <param name="Id">The migration.</param>
/// <param name="Source">Its file.</param>
/// <param name="Line">The line that the statement begins in, from 1.</param>
/// <param name="Message">What can happen, and what to do instead.</param>
public sealed record MigrationFinding(string Rule, MigrationId Id, string Source, int Line, string Message)
{
    /// <summary>File, line, rule and message, as compilers write them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Source}({Line}): {Rule}: {Message}");
}
