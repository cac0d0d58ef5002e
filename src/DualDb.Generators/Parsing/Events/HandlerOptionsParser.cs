using System.Globalization;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Parsing;

/// <summary>Reads <c>[EventHandler]</c>.</summary>
/// <param name="context">The handler.</param>
/// <param name="attribute">The attribute; null where there is none.</param>
internal sealed class HandlerOptionsParser(ParseContext context, AttributeData? attribute)
{
    private const int Found = 0;
    private const int None = 1;
    private const int Neon = 2;
    private const int Supabase = 3;
    private const int SecondsOfADay = 24 * 60 * 60;

    public HandlerOptionsSpec Parse(HandlerTargets asked) => new(
        Name(),
        Target(asked),
        Number("MaxAttempts", least: 1, int.MaxValue, standard: 8),
        Number("RetryDelayMilliseconds", least: 0, int.MaxValue, standard: 200),
        Number("MaxRetryDelaySeconds", least: 0, int.MaxValue, standard: 300),
        Number("TimeoutSeconds", least: 1, SecondsOfADay, standard: 30),
        Number("MaxConcurrency", least: 0, int.MaxValue, standard: 0),
        Number("BatchSize", least: 1, int.MaxValue, standard: 100));

    private string Name()
    {
        if (Annotations.FirstText(attribute) is not { } name)
        {
            return context.Entity.Name;
        }

        if (EventNames.Fault(name) is { } fault)
        {
            var shown = name.Length > 50 ? name.Substring(0, 50) + "…" : name;
            Refuse("its name", "'" + SymbolDisplay.FormatLiteral(shown, quote: false) + "'", fault, "Write 1 to 200 characters, or leave the name out");
        }

        return name;
    }

    private int? Number(string property, int least, int most, int standard)
    {
        if (Annotations.Named(attribute, property) is not int number || number == standard)
        {
            return null;
        }

        if (number < least || number > most)
        {
            Refuse(property, Text(number), number < least ? $"it is below {Text(least)}" : $"it is above {Text(most)}", $"Write {Range(least, most)}");
        }

        return number;
    }

    private DatabaseKind? Target(HandlerTargets asked)
    {
        var target = Annotations.Named(attribute, "Target") is int value ? value : Found;
        if (target is < Found or > Supabase)
        {
            Refuse("Target", Text(target), "that is no member of HandlerTarget", "Name one");
            return null;
        }

        if (target != Found)
        {
            DatabaseKind? named = target == None ? null : target == Neon ? DatabaseKind.Neon : DatabaseKind.Supabase;
            CheckAgainstCode(named, asked);
            return named;
        }

        if (asked.Both)
        {
            context.Report(
                ProblemKind.HandlerTarget,
                context.Entity,
                null,
                "its code asks for a transaction in Neon and for one in Supabase",
                "Let one handler write to each, or let this one publish an event in its transaction that the other handles");
        }

        return asked.Single;
    }

    private void CheckAgainstCode(DatabaseKind? named, HandlerTargets asked)
    {
        foreach (var database in new[] { DatabaseKind.Neon, DatabaseKind.Supabase })
        {
            if (database != named && asked.Asks(database))
            {
                context.Report(
                    ProblemKind.HandlerTarget,
                    context.Entity,
                    attribute,
                    $"its attribute says {(named is null ? "None" : named.Value.ToString())} and its code asks for a transaction in {database}",
                    "Correct the attribute, or leave Target out");
            }
        }
    }

    private void Refuse(string property, string value, string why, string next)
        => context.Report(ProblemKind.HandlerOption, context.Entity, attribute, property, value, why, next);

    private static string Range(int least, int most) => most == int.MaxValue ? $"{Text(least)} or more" : $"{Text(least)} to {Text(most)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
