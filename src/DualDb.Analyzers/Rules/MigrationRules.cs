using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers.Rules;

/// <summary>Rules about files of migrations. A run would refuse the same, later.</summary>
internal static class MigrationRules
{
    public static readonly DiagnosticDescriptor Unreadable = RuleFactory.Error(
        "DDB501", "A migration can be read", "'{0}' cannot be run: {1}. A start of the application would refuse it as well.", atEnd: true);

    public static readonly DiagnosticDescriptor Duplicate = RuleFactory.Error(
        "DDB502", "A migration has an id of its own", "'{0}' cannot be told from another: {1}. The history knows migrations by their ids.", atEnd: true);

    public static readonly DiagnosticDescriptor UnknownRequirement = RuleFactory.Error(
        "DDB503", "What a migration requires is there", "'{0}' could never be applied: {1}. Nothing is applied before what it requires.", atEnd: true);

    public static readonly DiagnosticDescriptor Circle = RuleFactory.Error(
        "DDB504", "Migrations do not require each other in a circle", "'{0}' could never be applied: {1}. None of them can be the first.", atEnd: true);

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [Unreadable, Duplicate, UnknownRequirement, Circle];
}
