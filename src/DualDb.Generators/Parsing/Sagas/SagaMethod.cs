using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>A step while its saga is parsed.</summary>
internal sealed class SagaMethod(IMethodSymbol symbol, int number, SagaStepKind kind)
{
    public IMethodSymbol Symbol { get; } = symbol;

    public int Number { get; } = number;

    public SagaStepKind Kind { get; } = kind;

    /// <summary>What it returns in the end; null for nothing.</summary>
    public ITypeSymbol? Result { get; set; }

    /// <summary>The event that it waits for.</summary>
    public ITypeSymbol? Event { get; set; }

    /// <summary>Its way back; null for none.</summary>
    public IMethodSymbol? Compensation { get; set; }

    public bool IsPivot => SagaNames.Find(Symbol, "PivotAttribute") is not null;

    public bool IsResult => SagaNames.Find(Symbol, "ResultAttribute") is not null;
}

/// <summary>Finds the steps of a saga and their ways back.</summary>
/// <param name="context">The saga.</param>
internal sealed class SagaMethods(ParseContext context)
{
    private readonly List<SagaMethod> _steps = [];

    /// <summary>The steps, in the order of their numbers; those of one number in the order of their names, which no edit of a file changes.</summary>
    public List<SagaMethod> Find()
    {
        var compensations = new List<(IMethodSymbol Method, AttributeData Attribute)>();
        foreach (var member in context.Entity.GetMembers())
        {
            if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            {
                continue;
            }

            if (SagaNames.Find(method, "StepAttribute") is { } step)
            {
                AddStep(method, step);
            }

            if (SagaNames.Find(method, "CompensatesAttribute") is { } compensates)
            {
                compensations.Add((method, compensates));
            }
        }

        foreach (var (method, attribute) in compensations)
        {
            AddCompensation(method, attribute);
        }

        _steps.Sort(static (left, right) => left.Number != right.Number ? left.Number.CompareTo(right.Number) : string.CompareOrdinal(left.Symbol.Name, right.Symbol.Name));
        if (_steps.Count == 0)
        {
            SagaDeclaration.Refuse(context, context.Entity, "it has no steps", "Mark a method with [Step(1)]");
        }

        return _steps;
    }

    private void AddStep(IMethodSymbol method, AttributeData attribute)
    {
        if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Value is not int number)
        {
            context.MarkFaulty();
            return;
        }

        var waitFor = SagaNames.Find(method, "WaitForAttribute");
        var delay = SagaNames.Find(method, "DelayAttribute");
        var step = new SagaMethod(method, number, waitFor is not null ? SagaStepKind.Event : delay is not null ? SagaStepKind.Delay : SagaStepKind.Work);
        if (_steps.Exists(other => other.Symbol.Name == method.Name))
        {
            Refuse(method, "another step has the same name, under which both would be stored", "Rename one of them");
            return;
        }

        if (waitFor is not null && delay is not null)
        {
            Refuse(method, "it waits for an event and for time", "Make two steps of it");
            return;
        }

        CheckShape(method);
        step.Event = waitFor?.AttributeClass?.TypeArguments[0];
        step.Result = SagaReturns.ResultOf(step, context.Compilation, why => Refuse(method, why.Why, why.Next));
        CheckEvent(step);
        _steps.Add(step);
    }

    private void CheckEvent(SagaMethod step)
    {
        if (step.Event is { TypeKind: TypeKind.Error })
        {
            context.MarkFaulty();
        }
        else if (step.Event is { } awaited && !HandlerShape.IsEvent(awaited, context.Compilation))
        {
            Refuse(step.Symbol, $"it waits for '{ParseContext.Display(awaited)}', which is no event", "Put [DomainEvent] on it");
        }
    }

    private void AddCompensation(IMethodSymbol method, AttributeData attribute)
    {
        var name = Annotations.FirstText(attribute);
        if (SagaNames.Find(method, "StepAttribute") is not null)
        {
            Misplaced(method, attribute, "it is a step itself", "Write a method of its own");
        }
        else if (_steps.Find(step => step.Symbol.Name == name) is not { } undone)
        {
            Misplaced(method, attribute, $"the saga has no step '{name}'", "Name a method with [Step], by nameof");
        }
        else if (undone.Kind != SagaStepKind.Work)
        {
            Misplaced(method, attribute, $"'{name}' only waits, so that there is nothing to undo", "Remove it");
        }
        else if (undone.Compensation is { } other)
        {
            Misplaced(method, attribute, $"'{other.Name}' undoes '{name}' already", "Make one method of both");
        }
        else
        {
            CheckShape(method);
            if (SagaReturns.IsTask(method.ReturnType, context.Compilation, out var result) && result is null)
            {
                undone.Compensation = method;
            }
            else
            {
                Refuse(method, "it does not return Task, as a compensation does", "Return Task");
            }
        }
    }

    private void CheckShape(IMethodSymbol method)
    {
        if (method.TypeParameters.Length > 0)
        {
            Refuse(method, "it is generic, and nobody says for which type", "Remove the type parameters");
        }

        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind is not (RefKind.None or RefKind.In))
            {
                Refuse(method, $"its parameter '{parameter.Name}' is passed by reference", "Remove the modifier");
            }
        }
    }

    private void Refuse(IMethodSymbol method, string why, string next) => context.Report(ProblemKind.SagaStepShape, method, null, method.Name, why, next);

    private void Misplaced(IMethodSymbol method, AttributeData attribute, string why, string next)
        => context.Report(ProblemKind.SagaCompensates, method, attribute, method.Name, why, next);
}
