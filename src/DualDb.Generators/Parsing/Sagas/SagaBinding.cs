using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Finds, by their types, what the parameters of steps and compensations are given.</summary>
/// <param name="context">The saga.</param>
/// <param name="steps">Its steps.</param>
internal sealed class SagaBinding(ParseContext context, List<SagaMethod> steps)
{
    private static readonly SymbolEqualityComparer Same = SymbolEqualityComparer.Default;

    /// <summary>What the saga is started with: the type that a step asks for and none returns. Null where no step asks for any.</summary>
    public ITypeSymbol? Input { get; private set; }

    /// <summary>Finds the input; before anything is bound.</summary>
    public void FindInput()
    {
        foreach (var step in steps)
        {
            foreach (var method in new[] { step.Symbol, step.Compensation })
            {
                foreach (var parameter in method?.Parameters ?? [])
                {
                    if (Input is null && Special(parameter.Type) is null && parameter.Type.TypeKind != TypeKind.Error && !steps.Exists(other => Returns(other, parameter.Type)))
                    {
                        Input = parameter.Type;
                    }
                }
            }
        }

        // A type that steps return may be the input as well, if the first step asks for it.
        if (Input is null && steps.Count > 0)
        {
            foreach (var parameter in steps[0].Symbol.Parameters)
            {
                Input ??= Special(parameter.Type) is null && parameter.Type.TypeKind != TypeKind.Error ? parameter.Type : null;
            }
        }

        if (Input is null && steps.Count > 0)
        {
            SagaDeclaration.Refuse(context, context.Entity, "no step asks for an input, so that there is nothing to start it with", "Give a step a parameter for it");
        }
    }

    /// <summary>What a step is given.</summary>
    public (EquatableArray<SagaValueSpec> Arguments, DatabaseKind? Target) Bind(SagaMethod step) => Bind(step.Symbol, step, isCompensation: false);

    /// <summary>What the compensation of a step is given, and whether it cannot do without the step's result.</summary>
    public (EquatableArray<SagaValueSpec> Arguments, DatabaseKind? Target, bool NeedsResult) BindCompensation(SagaMethod step, bool hasTransaction)
    {
        var (arguments, target) = Bind(step.Compensation!, step, isCompensation: true);
        var bound = new List<SagaValueSpec>();
        var needsResult = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument.Source == SagaValueSource.Result && argument.Step == steps.IndexOf(step))
            {
                var acceptsNull = AcceptsNull(step.Compensation!.Parameters[i]);
                needsResult |= !acceptsNull;
                argument = acceptsNull && !hasTransaction ? argument with { Source = SagaValueSource.ResultOrDefault } : argument;
            }

            bound.Add(argument);
        }

        return (bound.ToEquatableArray(), target, needsResult);
    }

    private (EquatableArray<SagaValueSpec> Arguments, DatabaseKind? Target) Bind(IMethodSymbol method, SagaMethod step, bool isCompensation)
    {
        var arguments = new List<SagaValueSpec>();
        DatabaseKind? target = null;
        foreach (var parameter in method.Parameters)
        {
            var special = Special(parameter.Type);
            if (special is SagaValueSource.Neon or SagaValueSource.Supabase)
            {
                var database = special == SagaValueSource.Neon ? DatabaseKind.Neon : DatabaseKind.Supabase;
                if (step.Kind != SagaStepKind.Work)
                {
                    context.Report(ProblemKind.SagaStepShape, method, null, method.Name, "it asks for a transaction, and a step that waits writes nothing", "Remove the parameter");
                }
                else if (target is { } other && other != database)
                {
                    context.Report(ProblemKind.SagaBothTransactions, method, null, method.Name);
                }

                target = database;
            }

            if (special is { } source)
            {
                arguments.Add(new SagaValueSpec(source, "", -1));
            }
            else if (Find(parameter, method, step, isCompensation) is { } value)
            {
                arguments.Add(value);
            }
        }

        return (arguments.ToEquatableArray(), target);
    }

    private SagaValueSpec? Find(IParameterSymbol parameter, IMethodSymbol method, SagaMethod step, bool isCompensation)
    {
        var type = parameter.Type;
        if (type.TypeKind == TypeKind.Error)
        {
            context.MarkFaulty();
            return null;
        }

        // What it undoes comes first: that is what a compensation is about.
        if (isCompensation && Returns(step, type))
        {
            return new SagaValueSpec(SagaValueSource.Result, Declared(type), steps.IndexOf(step));
        }

        var earlier = steps.FindAll(other => other.Number < step.Number && Returns(other, type));
        var isInput = Input is not null && Same.Equals(Underlying(type), Underlying(Input));
        switch (earlier.Count + (isInput ? 1 : 0))
        {
            case 1:
                if (!isInput && MayBeNull(earlier[0].Result!) && !TakesNull(parameter))
                {
                    Report(parameter, method, isCompensation, $"does not take null, and '{earlier[0].Symbol.Name}' may return it", $"Declare it as '{ParseContext.Display(earlier[0].Result!)}'");
                    return null;
                }

                return isInput ? new SagaValueSpec(SagaValueSource.Input, Declared(type), -1) : new SagaValueSpec(SagaValueSource.Result, Declared(type), steps.IndexOf(earlier[0]));

            case 0:
                ReportMissing(parameter, method, step, isCompensation);
                return null;

            default:
                var first = isInput ? "is the input" : $"is what '{earlier[0].Symbol.Name}' returns";
                var second = isInput ? earlier[0] : earlier[1];
                Report(parameter, method, isCompensation, $"{first} and what '{second.Symbol.Name}' returns", "Give each a type of its own");
                return null;
        }
    }

    private void ReportMissing(IParameterSymbol parameter, IMethodSymbol method, SagaMethod step, bool isCompensation)
    {
        if (steps.Find(other => Returns(other, parameter.Type)) is { } late && late.Number >= step.Number)
        {
            context.Report(ProblemKind.SagaNeedsLater, method, null, method.Name, parameter.Name, late.Symbol.Name, late.Number == step.Number ? "at the same time" : "later");
            return;
        }

        Report(
            parameter,
            method,
            isCompensation,
            Input is null ? "no earlier step returns" : $"is neither the input, '{ParseContext.Display(Input)}', nor what an earlier step returns",
            "Take what it needs from those, or from the constructor of the saga");
    }

    private void Report(IParameterSymbol parameter, IMethodSymbol method, bool isCompensation, string why, string next)
        => context.Report(
            isCompensation ? ProblemKind.SagaCompensationUnbound : ProblemKind.SagaStepUnbound, parameter, null, method.Name, parameter.Name, ParseContext.Display(parameter.Type), why, next);

    private static bool Returns(SagaMethod step, ITypeSymbol type) => step.Result is { } result && Same.Equals(Underlying(result), Underlying(type));

    private static ITypeSymbol Underlying(ITypeSymbol type)
        => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static bool MayBeNull(ITypeSymbol type)
        => type.IsReferenceType ? type.NullableAnnotation == NullableAnnotation.Annotated : !Same.Equals(Underlying(type), type);

    // Where nullable references are off, nobody has said that it does not.
    private static bool TakesNull(IParameterSymbol parameter)
        => AcceptsNull(parameter) || (parameter.Type.IsReferenceType && parameter.NullableAnnotation == NullableAnnotation.None);

    private static bool AcceptsNull(IParameterSymbol parameter)
        => parameter.Type.IsReferenceType ? parameter.NullableAnnotation == NullableAnnotation.Annotated : !Same.Equals(Underlying(parameter.Type), parameter.Type);

    private static string Declared(ITypeSymbol type)
        => TypeNames.NotNull(type) + (type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.Annotated ? "?" : "");

    private static SagaValueSource? Special(ITypeSymbol type)
        => TypeNames.Is(type, Annotations.Namespace, "NeonTransaction") ? SagaValueSource.Neon
            : TypeNames.Is(type, Annotations.Namespace, "SupabaseTransaction") ? SagaValueSource.Supabase
            : SagaNames.Is(type, "SagaContext") ? SagaValueSource.Context
            : TypeNames.Is(type, "System.Threading", "CancellationToken") ? SagaValueSource.Token
            : null;
}
