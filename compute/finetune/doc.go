// Package finetune measures how well whole networks serve other tasks: a trained
// network is trained on with a task's images (Appendix A.3 of the paper, Table 2).
//
// Learning rate and weight decay are chosen for each objective and task by the mean
// validation accuracy of several networks (Trial, Choice); then each network is trained
// on both splits (Retrained) and measured on the test split (Tested), which nothing
// before has seen: no task but Tested even names it.
package finetune
